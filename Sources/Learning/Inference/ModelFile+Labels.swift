import Files
public import Targets
import Weights

extension ModelFile {
  /// Key of a rule of labels in the metadata; that of classes has another, so neither is read as the other.
  private static let labelRuleKey = "label_rule"

  /// How a model of several labels decides; `nil` where each label is said to be there from ½ on.
  ///
  /// - Parameter path: The model.
  /// - Throws: `WeightsError` for a damaged file, `ModelError` for a description or a rule that cannot be read.
  public static func labelRule(of path: String) throws -> LabelRule? {
    let metadata = try Safetensors.metadata(of: path)
    guard let text = metadata[labelRuleKey] else { return nil }
    let labels = try ModelDescription(metadata: metadata, path: path).classes
    do {
      let rule = try JSONFile.decode(LabelRule.self, from: Array(text.utf8), name: labelRuleKey)
      _ = try rule.matched(labels)
      return rule
    } catch {
      throw ModelError.badRule(path, reason: "\(error)")
    }
  }

  /// Gives a model of several labels another rule; its weights stay as they are.
  ///
  /// - Parameters:
  ///   - rule: How it decides; `nil` is from ½ on.
  ///   - path: The model.
  /// - Throws: `FileError`, `WeightsError`, `ModelError` or `LabelRuleError` saying what is wrong; the file is then as it was.
  public static func store(labels rule: LabelRule?, in path: String) throws {
    var (tensors, metadata) = try Safetensors.read(path)
    let labels = try ModelDescription(metadata: metadata, path: path).classes
    _ = try rule?.matched(labels)
    metadata[labelRuleKey] = try rule.map {
      String(decoding: try JSONFile.encodeLine($0).dropLast(), as: UTF8.self)
    }
    try Safetensors.write(tensors, metadata: metadata, to: path)
  }
}
