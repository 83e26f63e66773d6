import Datasets
import Files
import Foundation
import Imaging
import Randomness

/// Small data sets made for a test.
enum Fixture {
  /// The bytes of a 3×2 PNG; `shade` tells images apart.
  static func png(_ shade: UInt8) throws -> [UInt8] {
    try PNG.encode(
      Image(width: 3, height: 2, channels: 3, pixels: [UInt8](repeating: shade, count: 18)))
  }

  /// Writes images under `folder`, each with its own pixels.
  static func images(_ paths: [String], in folder: String) throws {
    for (number, path) in paths.enumerated() {
      try file("\(folder)/\(path)", png(UInt8(truncatingIfNeeded: number)))
    }
  }

  /// Writes a file and the folders above it.
  static func file(_ path: String, _ bytes: [UInt8]) throws {
    try FileManager.default.createDirectory(
      atPath: FilePath.folder(of: path), withIntermediateDirectories: true)
    // Not flushed to the disk, as AtomicFile would: the fuzz tests write thousands of these.
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  /// Writes a text file and the folders above it.
  static func file(_ path: String, _ text: String) throws { try file(path, Array(text.utf8)) }

  /// What opening says is wrong, with the folder's own name taken out.
  static func message(
    _ folder: String, _ path: String = "", labels: LabelPolicy = .required,
    columns: ColumnNames = ColumnNames(), dropping: [String] = [], input: InputKind? = nil
  ) -> String {
    do throws(DatasetError) {
      let data = try Dataset.open(
        path.isEmpty ? folder : "\(folder)/\(path)", labels: labels, columns: columns,
        dropping: dropping, input: input)
      return "no error: \(data.examples.count) examples"
    } catch {
      return error.description.replacingOccurrences(of: folder, with: "DIR")
    }
  }

  /// Writes the images that a table names in its first column and the table `t.csv`, and opens it.
  static func table(
    _ rows: [[String]], in folder: String, imagesAt place: (String) -> String = { $0 },
    columns: ColumnNames = ColumnNames()
  ) throws -> Dataset {
    try images(rows.dropFirst().map { place($0[0]) }, in: folder)
    try file("\(folder)/t.csv", rows.map { DelimitedWriter.line($0) }.joined())
    return try Dataset.open("\(folder)/t.csv", columns: columns)
  }

  /// A data set in memory: `counts[g][c]` examples of class c in group g; nil groups when not grouped.
  static func dataset(_ counts: [[Int]], grouped: Bool = true) -> Dataset {
    var examples: [Example] = []
    for (group, row) in counts.enumerated() {
      for (label, count) in row.enumerated() {
        for number in 0..<count {
          examples.append(
            Example(
              path: "\(group)/\(label)/\(number)", source: .pixels(0), label: "c\(label)",
              group: grouped ? "g\(group)" : nil, file: "t.csv", line: examples.count + 2))
        }
      }
    }
    return Dataset(name: "made", layout: .manifest, examples: examples)
  }
}
