public import Files
import Requirements
import Torch

/// A file of features: `.npz`, `.npy` or `.csv`, by its ending.
///
/// | ending | holds |
/// |---|---|
/// | `.npz` | `features` `[N, D]` float32, `ids` `[N]`; of several experts `logits` `[N, E, C]` float32 too |
/// | `.npy` | the features `[N, D]` float32 alone |
/// | `.csv` | `path`, `feature_0` to `feature_D-1`; of several experts `expert_E_logit_<class>` too |
///
/// Features are what the heads see, the branches' side by side.
public struct FeatureFile: Sendable {
  /// The file.
  public let path: String
  private let form: Form

  private enum Form: String, Sendable { case npz, npy, csv }

  /// A file to be written.
  ///
  /// - Parameter path: its path, of a known ending.
  /// - Throws: `FeatureFileError.unknownEnding`.
  public init(_ path: String) throws(FeatureFileError) {
    guard let form = Form(rawValue: FilePath.fileExtension(of: path)) else {
      throw .unknownEnding(path)
    }
    (self.path, self.form) = (path, form)
  }

  /// Writes the file atomically; equal outputs give equal bytes.
  ///
  /// - Parameters:
  ///   - outputs: N rows.
  ///   - ids: what identifies each row, `[N]`.
  ///   - classes: names in the order of the logits, `[C]`; looked at where there are several experts.
  /// - Throws: `FileError` when it cannot be written.
  /// - Precondition: an id for each row; of several experts a class for each logit.
  public func write(_ outputs: SetOutputs, ids: [String], classes: [String]) throws(FileError) {
    let hasExperts = outputs.logits.shape[1] > 1
    require(
      ids.count == outputs.count && (!hasExperts || classes.count == outputs.logits.shape[2]),
      "FeatureFile.write: expected \(outputs.count) ids and \(outputs.logits.shape[2]) classes, got "
        + "\(ids.count) and \(classes.count)")
    switch form {
    case .npy: try AtomicFile.write(Self.npy(outputs.features), to: path)
    case .npz:
      let all = [("features", Self.npy(outputs.features)), ("ids", NpyText(ids).encoded())]
      let logits = hasExperts ? [("logits", Self.npy(outputs.logits))] : []
      try NpzWriter.write((all + logits).map { (name: $0.0, npy: $0.1) }, to: path)
    case .csv: try writeTable(outputs, ids, hasExperts ? classes : [])
    }
  }

  private static func npy(_ x: Tensor) -> [UInt8] {
    let values = x.to(.float32)
    return values.withBytes {
      NpyArray(dtype: .float32, shape: values.shape, bytes: Array($0)).encoded()
    }
  }

  private func writeTable(
    _ outputs: SetOutputs, _ ids: [String], _ classes: [String]
  ) throws(FileError) {
    let (width, experts) = (outputs.features.shape[1], outputs.logits.shape[1])
    let logitWidth = classes.isEmpty ? 0 : experts * classes.count
    let features = outputs.features.scalars(as: Float.self)
    let logits = classes.isEmpty ? [] : outputs.logits.scalars(as: Float.self)
    let names = (0..<(classes.isEmpty ? 0 : experts)).flatMap { expert in
      classes.map { "expert_\(expert)_logit_\($0)" }
    }
    let rows = ids.indices.lazy.map { row in
      [ids[row]] + features[row * width..<(row + 1) * width].map(\.description)
        + logits[row * logitWidth..<(row + 1) * logitWidth].map(\.description)
    }
    try DelimitedWriter.write(
      columns: ["path"] + (0..<width).map { "feature_\($0)" } + names, rows: rows, to: path)
  }
}

/// Why features cannot be written to a file.
public enum FeatureFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The ending says no form that is written.
  case unknownEnding(String)

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .unknownEnding(let path):
      "\(path): expected a file of features that ends in .npz, .npy or .csv; give it one of these endings"
    }
  }
}
