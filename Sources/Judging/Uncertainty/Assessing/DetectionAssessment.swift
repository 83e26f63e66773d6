public import Evaluation

/// The free-response curve of a detector, with the bootstrap's intervals over images, or over groups of
/// images.
public struct DetectionAssessment: Sendable, Equatable, Codable {
  /// One place of the curve.
  public struct Point: Sendable, Equatable, Codable {
    /// False marks per image that are allowed.
    public let falsePositivesPerImage: Double
    /// The lowest score that counts; `nil` where no mark may count.
    public let threshold: Double?
    /// Part of the lesions found.
    public let sensitivity: MetricEstimate

    enum CodingKeys: String, CodingKey {
      case falsePositivesPerImage = "false_positives_per_image"
      case threshold, sensitivity
    }

    /// Writes every key; `null` where undefined.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(falsePositivesPerImage, forKey: .falsePositivesPerImage)
      try container.encode(threshold, forKey: .threshold)
      try container.encode(sensitivity, forKey: .sensitivity)
    }
  }

  /// Number of images.
  public let images: Int
  /// Number of lesions.
  public let lesions: Int
  /// Number of marks.
  public let marks: Int
  /// The curve at each rate that was asked for, `[R]`.
  public let points: [Point]
  /// Mean sensitivity over these rates.
  public let score: MetricEstimate
  /// How resamples were drawn.
  public let resampling: ResamplingSummary

  /// The assessment of a set.
  ///
  /// - Parameters:
  ///   - set: Images, lesions and marks.
  ///   - rates: False marks per image at which the curve is read, `[R]`; at least one.
  ///   - settings: How intervals are made; the groups are the set's.
  public init(
    _ set: DetectionSet, rates: [Double] = FROC.rates,
    settings: IntervalSettings = IntervalSettings()
  ) {
    let plan = ResamplingPlan(
      truths: [Int](repeating: 0, count: set.images.count), groups: set.groups)
    let ranked = RankedMarks(set.detections, lesions: set.lesionImages.count)
    let lesionImages = set.lesionImages
    let replicates = Replicates(plan, settings) { weights in
      let found = ranked.sensitivities(at: rates, lesionImages: lesionImages, weights: weights)
      return found + [found.reduce(0, +) / Double(found.count)]
    }
    let curve = set.curve
    (images, lesions, marks) = (curve.images, curve.lesions, set.detections.count)
    points = rates.enumerated().map { place, rate in
      Point(
        falsePositivesPerImage: rate,
        threshold: curve.points.last { $0.falsePositivesPerImage <= rate }?.threshold,
        sensitivity: MetricEstimate(replicates, place, settings))
    }
    score = MetricEstimate(replicates, rates.count, settings)
    resampling = ResamplingSummary(settings, plan, column: set.groupColumn)
  }
}
