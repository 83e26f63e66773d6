public import Files

/// What is odd about the images of a data set, whatever their labels: quality of each, and what else tells the classes apart.
public struct PictureAudit: Sendable {
  /// What identifies each image, `[N]`.
  public let paths: [String]
  /// Class of each, `[N]`.
  public let labels: [Int32]
  /// Names of the classes, `[C]`.
  public let classes: [String]
  /// What was measured, `[N]`.
  public let facts: [ImageFacts]
  /// What may be wrong with each.
  public let quality: ImageQuality
  /// What tells the classes apart, strongest first.
  public let correlations: [SpuriousCorrelation]

  /// An audit of measured images.
  ///
  /// - Parameters:
  ///   - facts: what was measured, `[N]`.
  ///   - paths: what identifies each image, `[N]`.
  ///   - labels: class numbers, `[N]`.
  ///   - classes: names, `[C]`.
  public init(
    _ facts: [ImageFacts], paths: [String], labels: [Int32], classes: [String]
  ) {
    (self.facts, self.paths, self.labels, self.classes) = (facts, paths, labels, classes)
    quality = ImageQuality(facts)
    var properties: [(String, [Double])] = [
      ("brightness", facts.map(\.brightness)), ("contrast", facts.map(\.contrast)),
      ("sharpness", facts.map(\.sharpness)), ("colour", facts.map(\.colour)),
      ("size", facts.map(\.size)), ("shape", facts.map(\.shape)),
    ]
    let bytes = facts.compactMap { $0.fileBytes.map(Double.init) }
    if bytes.count == facts.count { properties.append(("file size", bytes)) }
    correlations = properties.compactMap {
      SpuriousCorrelation($0.0, $0.1, labels: labels, classes: classes.count)
    }.sorted { $0.effect > $1.effect }
  }

  /// In numbers.
  public var summary: PictureSummary {
    PictureSummary(
      images: facts.count,
      issues: Dictionary(
        uniqueKeysWithValues: ImageQuality.Issue.allCases.map { issue in
          (issue.rawValue, quality.issues.count { $0.contains(issue) })
        }), correlations: correlations)
  }

  /// Writes `images.csv`: every image with its class, what was measured, and what may be wrong with it.
  ///
  /// - Throws: `FileError` as `AtomicFile`.
  public func write(to path: String) throws(FileError) {
    try DelimitedWriter.write(
      columns: [
        "path", "class", "width", "height", "file_bytes", "brightness", "contrast", "sharpness",
        "colour", "issues",
      ],
      rows: facts.indices.lazy.map { row in
        let one = self.facts[row]
        return [
          self.paths[row], self.classes[Int(self.labels[row])], "\(one.width)", "\(one.height)",
          one.fileBytes.map(String.init) ?? "", "\(one.brightness)", "\(one.contrast)",
          "\(one.sharpness)", "\(one.colour)",
          self.quality.issues[row].map(\.rawValue).sorted().joined(separator: " "),
        ]
      }, to: path)
  }
}

/// What is odd about the images of a data set, in numbers.
public struct PictureSummary: Codable, Sendable, Equatable {
  /// Number of images.
  public var images: Int
  /// Images that each thing may be wrong with.
  public var issues: [String: Int]
  /// What tells the classes apart, strongest first.
  public var correlations: [SpuriousCorrelation]
}
