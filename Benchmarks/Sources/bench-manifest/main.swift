import Datasets
import Files
import Foundation
import Randomness
import Sampling

// bench-manifest table ROWS CLASSES FILE   writes a table with a long tail, its smallest class of 6 rows
// bench-manifest pack TABLE FILE           packs it
// bench-manifest open FILE                 opens it
// bench-manifest draw FILE                 opens it, draws epochs, touches every page
//
// Each is a process of its own, so that memory is that of the step. Benchmarks/manifest runs them beside peers/manifest.py.

let usage =
  "usage: bench-manifest table ROWS CLASSES FILE | pack TABLE FILE | open FILE | draw FILE"
let words = Array(CommandLine.arguments.dropFirst())
do {
  switch (words.first, words.count) {
  case ("table", 4):
    guard let rows = Int(words[1]), let classes = Int(words[2]), classes > 1, rows >= 6 * classes
    else { fail(usage) }
    try LongTail(rows: rows, classes: classes).write(to: words[3])
  case ("pack", 3): try pack(words[1], to: words[2])
  case ("open", 2): print("{\"opening\": \(try seconds { _ = try RowManifest(path: words[1]) })}")
  case ("draw", 2): try draw(words[1])
  default: fail(usage)
  }
} catch { fail("bench-manifest: \(error)") }

func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data((message + "\n").utf8))
  exit(64)
}

func seconds(_ body: () throws -> Void) rethrows -> Double {
  try ContinuousClock().measure(body) / .seconds(1)
}

/// Packs a table and says the seconds and the bytes a row.
func pack(_ table: String, to path: String) throws {
  let time = try seconds {
    try RowManifest.pack(table: table, pathColumn: "path", labelColumn: "label", to: path)
  }
  let count = try RowManifest(path: path).count
  let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
  print(
    "{\"rows\": \(count), \"seconds\": \(time), \"bytes_a_row\": \(Double(size) / Double(count)), \(Resident().words)}"
  )
}
