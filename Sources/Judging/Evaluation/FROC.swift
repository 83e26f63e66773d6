import Requirements

/// One marked place in an image: where a detector saw something, and how sure it was.
public struct Detection: Sendable, Equatable, Codable {
  /// Index of the image, `0..<images`.
  public let image: Int
  /// How sure the detector was; higher is surer, not NaN.
  public let score: Double
  /// Index of the lesion that it hits, `0..<lesions`; `nil` for a false mark.
  public let lesion: Int?

  /// A detection.
  ///
  /// - Parameters:
  ///   - image: Index of the image, `0..<images`.
  ///   - score: How sure the detector was; higher is surer.
  ///   - lesion: Index of the lesion that it hits; `nil` for a false mark.
  public init(image: Int, score: Double, lesion: Int?) {
    self.image = image
    self.score = score
    self.lesion = lesion
  }
}

/// Free-response ROC: lesions found against false marks per image, over all thresholds.
///
/// A lesion is found at a threshold if any mark on it scores at least that; further marks on the same
/// lesion count neither for nor against. Images without lesions belong to the number of images.
///
/// Source: Bunch et al., "A free-response approach to the measurement and characterization of
/// radiographic-observer performance", J. Applied Photographic Engineering 4, 1978. The mean over 1/8,
/// 1/4, 1/2, 1, 2, 4 and 8 false marks per image is the score of the LUNA16 contest (Setio et al.,
/// Medical Image Analysis 42, 2017), of CAMELYON16 that over 1/4 to 8.
public struct FROC: Sendable, Equatable {
  /// One threshold.
  public struct Point: Sendable, Equatable, Codable {
    /// Marks of at least this score count.
    public let threshold: Double
    /// Part of the lesions found, 0…1.
    public let sensitivity: Double
    /// False marks per image.
    public let falsePositivesPerImage: Double
  }

  /// Number of images.
  public let images: Int
  /// Number of lesions.
  public let lesions: Int
  /// The curve, from the strictest threshold, one point for each distinct score, `[T]`; empty without
  /// lesions or detections.
  public let points: [Point]

  /// The false marks per image, `[R]`, at which a contest reads the curve, if nothing else is
  /// asked.
  public static let rates: [Double] = [0.125, 0.25, 0.5, 1, 2, 4, 8]

  /// The curve of a set of detections.
  ///
  /// - Parameters:
  ///   - detections: All marks on all images.
  ///   - images: Number of images, those without lesions included, at least 1.
  ///   - lesions: Number of lesions, those never marked included.
  /// - Precondition: indices lie within these numbers, and no score is NaN.
  public init(_ detections: [Detection], images: Int, lesions: Int) {
    require(
      images > 0 && lesions >= 0,
      "FROC: expected at least 1 image and no negative count, got \(images) and \(lesions)")
    for mark in detections {
      require(
        (0..<images).contains(mark.image) && mark.lesion.map((0..<lesions).contains) ?? true
          && !mark.score.isNaN,
        "FROC: expected images in 0..<\(images) and lesions in 0..<\(lesions), got \(mark)")
    }
    self.images = images
    self.lesions = lesions
    points = lesions == 0 ? [] : Self.curve(detections, images, lesions)
  }

  private static func curve(_ detections: [Detection], _ images: Int, _ lesions: Int) -> [Point] {
    var (hits, alarms) = (0, 0)
    var points: [Point] = []
    for step in RankedMarks(detections, lesions: lesions).steps {
      hits += step.kind == .hit ? 1 : 0
      alarms += step.kind == .alarm ? 1 : 0
      guard step.endsRun else { continue }
      points.append(
        Point(
          threshold: step.score, sensitivity: Double(hits) / Double(lesions),
          falsePositivesPerImage: Double(alarms) / Double(images)))
    }
    return points
  }

  /// Part of the lesions found with at most this many false marks per image; `nil` without lesions.
  ///
  /// The curve is a staircase, read without interpolation: the rate was reached by a threshold.
  ///
  /// - Parameter rate: False marks per image, at least 0.
  public func sensitivity(atFalsePositivesPerImage rate: Double) -> Double? {
    guard lesions > 0 else { return nil }
    return points.last { $0.falsePositivesPerImage <= rate }?.sensitivity ?? 0
  }

  /// Mean sensitivity over some rates of false marks; `nil` without lesions.
  ///
  /// - Parameter rates: False marks per image, `[R]`, at least one.
  /// - Precondition: `rates` is not empty.
  public func score(at rates: [Double] = FROC.rates) -> Double? {
    require(!rates.isEmpty, "FROC.score: expected at least one rate, got none")
    let sensitivities = rates.compactMap(sensitivity(atFalsePositivesPerImage:))
    guard !sensitivities.isEmpty else { return nil }
    return sensitivities.reduce(0, +) / Double(rates.count)
  }
}
