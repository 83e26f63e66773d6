import Console
package import Datasets
import Foundation
package import Imaging

/// How stored samples became pictures, as people read it: a line for each choice that files left open.
package enum PixelText {
  /// Of an inspection.
  package static func lines(_ found: Inspection) -> [String] {
    let isSplit = found.splits["train"] != nil
    return lines(
      found.pixels, found.pixelReading.scaled(by: found.intensity), found.intensity,
      of: isSplit ? "the training part" : "all images; train takes those of the training part")
  }

  /// Of a run that begins.
  ///
  /// - Parameters:
  ///   - census: What the files leave open.
  ///   - reading: How it is decided, with the scale.
  ///   - estimate: Where the scale comes from, unless it was stated.
  ///   - part: What the estimate was made from.
  package static func lines(
    _ census: PixelCensus, _ reading: PixelReading, _ estimate: IntensityEstimate,
    of part: String = "the training part"
  ) -> [String] {
    scale(census, reading, estimate, part) + choices(census, reading)
  }

  /// Of images that a model has judged.
  ///
  /// - Parameters:
  ///   - judged: The images, with their tally.
  ///   - trained: How the model reads by itself.
  package static func lines(_ judged: Dataset, _ trained: PixelReading) -> [String] {
    guard let census = judged.tally?.census else { return [] }
    let reading = judged.pixelReading
    var lines: [String] = []
    if reading != trained {
      lines.append("pixels: read otherwise than the model was trained to, as the options say")
    }
    if reading.isPerImage && census.withoutRange > 0 {
      lines.append(
        "pixels: a model from before there were scales: each of \(images(census.withoutRange)) of"
          + " \(types(census)) samples was stretched by its own range, as in its training")
    }
    if let scale = reading.scale, census.scaledSamples > 0 {
      let share = Double(census.clippedSamples) / Double(census.scaledSamples)
      lines.append(
        "intensity: \(short(scale)) became black and white"
          + (share > 0.05
            ? "; warning: \(Format.percent(share)) of the samples lie beyond, so these images are not like"
              + " those of the training" : ""))
    }
    if let scale = reading.scale {
      let others = census.occurring.filter { !scale.covers($0) }
      if !others.isEmpty {
        lines.append(
          "pixels: read by the range of their type, not by the model's scale: \(listed(census, others));"
            + " if training had no such samples, they do not compare")
      }
    }
    return lines + choices(census, reading)
  }

  private static func scale(
    _ census: PixelCensus, _ reading: PixelReading, _ estimate: IntensityEstimate, _ part: String
  ) -> [String] {
    if reading.isPerImage {
      guard census.withoutRange > 0 else { return [] }
      return [
        "pixels: a run from before there were scales: each image is stretched by its own range"
      ]
    }
    var lines: [String] = []
    if let scale = reading.scale {
      let isEstimated = scale == estimate.scale
      let source =
        !isEstimated
        ? "as stated"
        : (estimate.isFromExtremes ? "the lowest and highest" : "the 0.5 and 99.5 % points")
          + " of \(part); --intensity LOW,HIGH states others"
      lines.append(
        "intensity: \(covered(census, scale)): \(short(scale)) become black and white, \(source)")
    }
    if let high = estimate.unsigned16High, high < IntensityEstimate.shallow {
      let bits = depth(high)
      let means =
        reading.scale?.coversUnsigned16 == true
        ? "they are read by that scale; --intensity 0,65535 keeps the range of the type"
        : "they are read by the range of the type"
      lines.append(
        "intensity: \(images(census.images(of: .uint16))) of 16-bit samples of which 99.5 % lie below"
          + " \(Format.count(Int(high.rounded(.up)) + 1)): \(bits) bits in 16; \(means)")
    }
    if census.occurring.count > 1 {
      let named = census.occurring.map { "\($0) (\(Format.count(census.images(of: $0))))" }
      lines.append("warning: several sample types: \(named.joined(separator: ", "))")
    }
    return lines
  }

  /// The fewest bits that hold a value.
  private static func depth(_ high: Double) -> Int {
    var bits = 8
    while bits < 16 && high >= Double(1 << bits) { bits += 1 }
    return bits
  }

  /// The images that a scale is used on.
  private static func covered(_ census: PixelCensus, _ scale: IntensityScale) -> String {
    let types = census.occurring.filter { scale.covers($0) }
    return types.isEmpty ? "no image needs it" : listed(census, types)
  }

  /// How many images have samples of some types.
  private static func listed(_ census: PixelCensus, _ types: [SampleType]) -> String {
    let number = types.reduce(0) { $0 + census.images(of: $1) }
    return "\(images(number)) of \(types.map(\.description).joined(separator: " and ")) samples"
  }

  private static func types(_ census: PixelCensus) -> String {
    census.occurring.filter { !$0.hasRange }.map(\.description).joined(separator: " and ")
  }

  /// Pages, bands, alpha.
  private static func choices(_ census: PixelCensus, _ reading: PixelReading) -> [String] {
    var lines: [String] = []
    if census.severalPages > 0 {
      lines.append(
        "pages: \(images(census.severalPages)) with several pages or frames (at most"
          + " \(Format.count(census.mostPages))); page \(reading.page) is read, the others are not;"
          + " --page chooses")
    }
    if census.spareBands > 0 {
      let read = reading.bands.map {
        "bands \($0.map(String.init).joined(separator: ", ")) are read"
      }
      lines.append(
        "bands: \(images(census.spareBands)) with bands that are neither colour nor alpha;"
          + " \(read ?? "they are left out"); --bands chooses")
    }
    if census.alpha > 0 {
      let what = reading.alpha == .ignore ? "left out" : "composed onto \(reading.alpha.rawValue)"
      lines.append(
        "alpha: \(images(census.alpha)) with an alpha channel, \(what); --alpha-background chooses")
    }
    return lines
  }

  private static func images(_ number: Int) -> String {
    "\(Format.count(number)) image\(number == 1 ? "" : "s")"
  }

  /// `low…high`, fractions in six digits; the config has all of them.
  private static func short(_ scale: IntensityScale) -> String {
    [scale.low, scale.high].map { value in
      value == value.rounded() && abs(value) < 1e15
        ? "\(Int(value))" : String(format: "%.6g", value)
    }.joined(separator: "…")
  }
}
