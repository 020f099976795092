// What graphology reads of GraphML files: `node graphology_reader.js FILE…`; see README.md.
const fs = require("fs");
const { MultiDirectedGraph } = require("graphology");
const graphml = require("graphology-graphml");

const line = (what, ...fields) => [what, ...fields.map((f) => Buffer.from(String(f ?? "")).toString("hex"))].join("\t");

const lines = [];
for (const path of process.argv.slice(2)) {
  const graph = graphml.parse(MultiDirectedGraph, fs.readFileSync(path, "utf-8"));
  lines.push(line("file", path));
  graph.forEachNode((id, data) => lines.push(line("node", id, data.label, data.kind)));
  graph.forEachEdge((id, data, source, target) => lines.push(line("edge", source, target, data.label, data.type)));
}
process.stdout.write(lines.join("\n") + "\n");
