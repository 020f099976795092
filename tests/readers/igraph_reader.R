# What igraph for R reads of GraphML files: `Rscript igraph_reader.R FILE…`; see README.md.
suppressPackageStartupMessages(library(igraph))

hex <- function(text) paste(charToRaw(enc2utf8(as.character(text))), collapse = "")
line <- function(...) writeLines(paste(c(...), collapse = "\t"))

show_file <- function(path) {
  graph <- read_graph(path, format = "graphml")
  nodes <- vertex_attr(graph)
  edges <- edge_attr(graph)
  ends <- ends(graph, E(graph), names = FALSE)
  line("file", hex(path))
  for (i in seq_len(vcount(graph))) {
    line("node", hex(nodes$id[i]), hex(nodes$label[i]), hex(nodes$kind[i]))
  }
  for (i in seq_len(ecount(graph))) {
    line("edge", hex(nodes$id[ends[i, 1]]), hex(nodes$id[ends[i, 2]]), hex(edges$label[i]), hex(edges$type[i]))
  }
}

for (path in commandArgs(trailingOnly = TRUE)) show_file(path)
