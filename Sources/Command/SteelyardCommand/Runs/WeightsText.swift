import Batches
import Console
import Imaging
package import Inference
package import Networks

/// What became of the weights of a file, in lines.
package enum WeightsText {
  /// What `train` says of weights that it begins from.
  ///
  /// - Parameter report: what became of them.
  package static func lines(_ report: LoadReport) -> [String] {
    var lines = common(report, "pretrained", what: "tensors")
    if !report.leftOut.isEmpty {
      lines.append("pretrained: left as they were: \(report.leftOut.joined(separator: ", "))")
    }
    return lines + unused(report, "pretrained")
  }

  /// What `embed` says of weights whose features it takes. Nothing is said of a last layer, which features do not pass.
  ///
  /// - Parameters:
  ///   - report: what became of them.
  ///   - architecture: the network's name.
  package static func lines(_ report: LoadReport, featuresOf architecture: String) -> [String] {
    common(report, "weights", what: "tensors of \(architecture)") + unused(report, "weights")
  }

  /// How tokens become the features that are written.
  ///
  /// - Parameters:
  ///   - pooling: what is done.
  ///   - own: the network's own way.
  package static func line(_ pooling: TokenPooling, own: TokenPooling?) -> String {
    let what =
      switch pooling {
      case .token: "the class token"
      case .mean: "the mean of the tokens of patches"
      case .attention: "what a learned query gathers from the tokens"
      }
    return "pooling: features are \(what)"
      + (own == pooling ? "" : ", which is not the network's own way")
  }

  /// What the weights' network sees of an image.
  ///
  /// - Parameter preprocessing: of the model.
  package static func line(_ preprocessing: ImagePreprocessing) -> String {
    let (size, normalization) = (preprocessing.size, preprocessing.normalization)
    func text(_ values: [Double]) -> String {
      values.map { Format.decimal($0) }.joined(separator: ", ")
    }
    let share = preprocessing.cropShare ?? Preset.usualCropShare
    let part =
      preprocessing.preset == .resizedCrop
      ? "a centre crop of \(Format.decimal(share)) of the shorter side" : "whole"
    let interpolation = preprocessing.interpolation ?? .bilinear
    return
      "pretrained: images reach the network at \(size.width) × \(size.height) pixels"
      + " (\(interpolation.rawValue), \(part)), in 0…1,"
      + " less (\(text(normalization.mean))), over (\(text(normalization.std)))"
  }

  private static func common(_ report: LoadReport, _ word: String, what: String) -> [String] {
    let found = report.prefix.isEmpty ? "" : ", found under '\(report.prefix)'"
    var lines = ["\(word): \(report.loaded.count) \(what) taken over\(found)"]
    if let spelling = report.spelling {
      lines.append("\(word): the file has names as \(spelling) spells them; each was translated")
    }
    if let words = report.regridded { lines.append("\(word): \(words)") }
    if !report.copiedIntoBranches.isEmpty {
      lines.append(
        "\(word): \(report.copiedIntoBranches.count) of the file's tensors went into every branch of"
          + " the network")
    }
    return lines
  }

  private static func unused(_ report: LoadReport, _ word: String) -> [String] {
    guard !report.unexpected.isEmpty else { return [] }
    let names = report.unexpected.prefix(8).joined(separator: ", ")
    let more = report.unexpected.count > 8 ? ", … (\(report.unexpected.count))" : ""
    return ["\(word): not used: \(names)\(more)"]
  }
}
