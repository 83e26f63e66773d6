public import Datasets
public import Files
import Requirements
import Torch

/// Features of a whole set as they are written to a file, with what the data say of each image.
///
/// | ending | holds |
/// |---|---|
/// | `.npz` | `features` `[N, D]`, `ids`, where the data have them `labels`, `groups`, `splits` `[N]`, `origin`, `weights_digest`, `preprocessing_digest` |
/// | `.safetensors` | `features`; `ids` and so on as UTF-8, a line each; the origin as metadata |
/// | `.npy` | the features alone; beside it `NAME.labels.csv` and `NAME.origin.json` |
/// | `.csv` | `path`, `label`, `group`, `split`, `feature_0` to `feature_D-1`; beside it `NAME.origin.json` |
///
/// Only one part of the features is in memory at a time. Equal sets give equal bytes.
public struct EmbeddedSet {
  /// The features.
  public let parts: EmbeddingParts
  /// Which of the N images are written, `[M]`, ascending: those that could be read.
  public let rows: [Int]
  /// What the data say of all images, `[N]`.
  public let examples: [Example]
  /// Of which network the features are.
  public let origin: FeatureOrigin
  /// Whether numbers are stored in half precision.
  public let isHalf: Bool

  private enum Form: String { case npz, npy, csv, safetensors }

  /// A set of its parts.
  ///
  /// - Parameters:
  ///   - parts: all parts, each there.
  ///   - examples: what the data say of the images, in their order.
  ///   - origin: of which network the features are.
  ///   - isHalf: whether numbers are stored in half precision.
  /// - Throws: `FileError` where a part cannot be read.
  /// - Precondition: as many examples as the parts have images.
  public init(
    _ parts: EmbeddingParts, examples: [Example], origin: FeatureOrigin, isHalf: Bool
  ) throws(FileError) {
    require(
      examples.count == parts.plan.rows,
      "EmbeddedSet: expected \(parts.plan.rows) examples, got \(examples.count)")
    let missing = Set(try parts.unreadable().map(\.row))
    rows = examples.indices.filter { !missing.contains($0) }
    (self.parts, self.examples) = (parts, examples)
    (self.origin, self.isHalf) = (origin, isHalf)
  }

  /// Refuses a file of an ending that is not written.
  ///
  /// - Throws: `EmbeddingError.unknownEnding`.
  public static func check(_ path: String) throws(EmbeddingError) {
    guard Form(rawValue: FilePath.fileExtension(of: path)) != nil else {
      throw .unknownEnding(path)
    }
  }

  /// Every file that is written for one, itself first.
  ///
  /// - Parameter path: of a known ending.
  public static func files(of path: String) -> [String] {
    switch Form(rawValue: FilePath.fileExtension(of: path)) {
    case .npy?: [path, FeatureOrigin.file(beside: path), labels(beside: path)]
    case .csv?: [path, FeatureOrigin.file(beside: path)]
    case .npz?, .safetensors?, nil: [path]
    }
  }

  private static func labels(beside path: String) -> String {
    FilePath.join(FilePath.folder(of: path), FilePath.stem(of: path) + ".labels.csv")
  }

  /// Writes the file, and those beside it.
  ///
  /// - Parameter path: of a known ending.
  /// - Returns: the files that were written.
  /// - Throws: `EmbeddingError.unknownEnding`, `FileError` when one cannot be written.
  public func write(to path: String) throws -> [String] {
    switch Form(rawValue: FilePath.fileExtension(of: path)) {
    case .npz?: try writeArchive(path)
    case .safetensors?: try writeTensors(path)
    case .npy?:
      let beside = try writeBeside(path) + [writeLabels(path)]
      try AtomicFile.write(to: path) { (sink) throws(FileError) in
        try sink.write(head)
        try eachPiece { (bytes) throws(FileError) in try sink.write(bytes) }
      }
      return [path] + beside
    case .csv?:
      let beside = try writeBeside(path)
      try writeTable(path)
      return [path] + beside
    case nil: throw EmbeddingError.unknownEnding(path)
    }
    return [path]
  }

  private var shape: [Int] { [rows.count, parts.plan.width] }

  private var head: [UInt8] { NpyArray.head(of: isHalf ? .float16 : .float32, shape: shape) }

  private var bytesOfRow: Int { parts.plan.width * (isHalf ? 2 : 4) }

  /// The rows of each part that are written, as they are stored.
  private func eachPiece(_ take: NpzPart.Take) throws(FileError) {
    for part in 0..<parts.count {
      let values = try numbers(of: part)
      guard !values.isEmpty else { continue }
      if isHalf {
        let half = Tensor(values, shape: [values.count]).to(.float16)
        try half.withBytes { (raw) throws(FileError) in try take(raw) }
      } else {
        try values.withUnsafeBufferPointer { (buffer) throws(FileError) in
          try take(UnsafeRawBufferPointer(buffer))
        }
      }
    }
  }

  /// The numbers of a part without the images that could not be read.
  private func numbers(of part: Int) throws(FileError) -> [Float] {
    let (all, range) = (try parts.features(of: part), parts.rows(of: part))
    let kept = rowsOf(range)
    guard kept.count < range.count else { return all }
    let width = parts.plan.width
    return kept.flatMap {
      all[($0 - range.lowerBound) * width..<($0 - range.lowerBound + 1) * width]
    }
  }

  /// The written images of a range.
  private func rowsOf(_ range: Range<Int>) -> ArraySlice<Int> {
    // Ascending, so both ends are found by halving.
    func first(notBelow row: Int) -> Int {
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        if rows[middle] < row { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return rows[first(notBelow: range.lowerBound)..<first(notBelow: range.upperBound)]
  }

  /// What the data say, by the name of the array; only of what they say something at all.
  private var columns: [(name: String, texts: [String])] {
    let chosen = rows.map { examples[$0] }
    let all: [(name: String, texts: [String])] = [
      ("labels", chosen.map { $0.label ?? "" }), ("groups", chosen.map { $0.group ?? "" }),
      ("splits", chosen.map { $0.split?.rawValue ?? "" }),
    ]
    let said = all.filter { column in column.texts.contains { !$0.isEmpty } }
    return [(name: "ids", texts: chosen.map(\.path))] + said
  }

  private func writeArchive(_ path: String) throws(FileError) {
    let head = self.head
    let features = NpzPart("features", count: head.count + rows.count * bytesOfRow) {
      (take) throws(FileError) in
      try head.withUnsafeBufferPointer { (buffer) throws(FileError) in
        try take(UnsafeRawBufferPointer(buffer))
      }
      try eachPiece(take)
    }
    let texts =
      columns + [
        (FeatureOrigin.name, [origin.text]), ("weights_digest", [origin.weights]),
        ("preprocessing_digest", [origin.preprocessingDigest]),
      ]
    try NpzWriter.write(
      [features] + texts.map { NpzPart($0.name, npy: NpyText($0.texts).encoded()) }, to: path)
  }

  private func writeTensors(_ path: String) throws {
    let texts = columns.map { ($0.name, Array($0.texts.map { Self.line($0) }.joined().utf8)) }
    var (end, members) = (rows.count * bytesOfRow, [String]())
    members.append(
      "\"features\":{\"dtype\":\"\(isHalf ? "F16" : "F32")\",\"shape\":[\(shape[0]),\(shape[1])],"
        + "\"data_offsets\":[0,\(end)]}")
    for (name, bytes) in texts {
      members.append(
        "\"\(name)\":{\"dtype\":\"U8\",\"shape\":[\(bytes.count)],"
          + "\"data_offsets\":[\(end),\(end + bytes.count)]}")
      end += bytes.count
    }
    let metadata = String(
      decoding: try JSONFile.encodeLine(["format": "pt", FeatureOrigin.name: origin.text])
        .dropLast(), as: UTF8.self)
    members.insert("\"__metadata__\":\(metadata)", at: 0)
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) }
    try AtomicFile.write(to: path) { (sink) throws(FileError) in
      try sink.write(length + header)
      try eachPiece { (bytes) throws(FileError) in try sink.write(bytes) }
      for (_, bytes) in texts { try sink.write(bytes) }
    }
  }

  /// A text as a line: a line feed within it would make two.
  private static func line(_ text: String) -> String {
    text.replacing("\n", with: " ") + "\n"
  }

  private func writeBeside(_ path: String) throws(FileError) -> [String] {
    let file = FeatureOrigin.file(beside: path)
    try AtomicFile.write(origin.text + "\n", to: file)
    return [file]
  }

  private static let said = ["path", "label", "group", "split"]

  private func cells(_ row: Int) -> [String] {
    let example = examples[row]
    return [
      example.path, example.label ?? "", example.group ?? "", example.split?.rawValue ?? "",
    ]
  }

  private func writeLabels(_ path: String) throws(FileError) -> String {
    let file = Self.labels(beside: path)
    try DelimitedWriter.write(columns: Self.said, rows: rows.lazy.map { cells($0) }, to: file)
    return file
  }

  private func writeTable(_ path: String) throws(FileError) {
    let width = parts.plan.width
    try AtomicFile.write(to: path) { (sink) throws(FileError) in
      try sink.write(DelimitedWriter.line(Self.said + (0..<width).map { "feature_\($0)" }))
      for part in 0..<parts.count {
        let values = try numbers(of: part)
        for (place, row) in rowsOf(parts.rows(of: part)).enumerated() {
          let own = values[place * width..<(place + 1) * width]
          try sink.write(
            DelimitedWriter.line(
              cells(row) + (isHalf ? Self.halved(Array(own)) : own.map(\.description))))
        }
      }
    }
  }

  /// The numbers as half precision has them.
  private static func halved(_ values: [Float]) -> [String] {
    Tensor(values, shape: [values.count]).to(.float16).to(.float32).scalars(as: Float.self)
      .map(\.description)
  }
}
