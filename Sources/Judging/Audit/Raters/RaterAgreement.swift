public import Uncertainty

/// How far raters agree beyond chance, over the rows that two or more of them rated, with intervals by resampling these rows.
///
/// With m_i ratings of row i, n_ic of them of class c, n_c = Σ_i n_ic and n = Σ_i m_i:
///
/// - the share of agreeing pairs is Σ_i Σ_c n_ic (n_ic − 1) / Σ_i m_i (m_i − 1);
/// - Fleiss' kappa is (P̄ − P_e) / (1 − P_e), P̄ the mean over rows of Σ_c n_ic (n_ic − 1) / (m_i (m_i − 1)) and
///   P_e = Σ_c (n_c / n)². Rows of unequal m_i are allowed, which the paper does not: it is the paper's where all are equal;
/// - Krippendorff's alpha is 1 − (n − 1) Σ_i Σ_{c,k} n_ic n_ik δ²_ck / (m_i − 1) / Σ_{c,k} n_c n_k δ²_ck: nominal with δ² = 1 for
///   c ≠ k, ordinal with δ_ck = Σ_{g=c}^k n_g − (n_c + n_k) / 2, the classes in their order.
///
/// A value is nil where all ratings are of one class. Rows are resampled one by one: where many belong together, as images of
/// one patient do, intervals are too narrow.
///
/// Source: Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76, 1971; Krippendorff,
/// "Computing Krippendorff's Alpha-Reliability", 2011.
public struct RaterAgreement: Sendable, Equatable, Codable {
  /// Rows with two ratings or more.
  public let rows: Int
  /// Their ratings.
  public let ratings: Int
  /// Share of agreeing pairs.
  public let pairs: MetricEstimate
  /// Fleiss' kappa.
  public let fleissKappa: MetricEstimate
  /// Krippendorff's alpha of classes without an order.
  public let nominalAlpha: MetricEstimate
  /// Krippendorff's alpha of ordered classes; nil where they are not.
  public let ordinalAlpha: MetricEstimate?
  /// Resamples that the intervals are of.
  public let resamples: Int

  private enum CodingKeys: String, CodingKey {
    case rows, ratings, pairs, resamples
    case fleissKappa = "fleiss_kappa"
    case nominalAlpha = "krippendorff_alpha_nominal"
    case ordinalAlpha = "krippendorff_alpha_ordinal"
  }

  /// Measures agreement; nil where no row has two ratings.
  ///
  /// - Parameters:
  ///   - ratings: who gave what.
  ///   - ordered: whether the order of the classes means something.
  ///   - settings: how intervals are made.
  public init?(
    _ ratings: Ratings, ordered: Bool = false,
    _ settings: IntervalSettings = IntervalSettings(resamples: 1000)
  ) {
    let shared = ratings.sharedRows
    guard !shared.isEmpty else { return nil }
    let patterns = RatingPatterns(ratings, shared)
    let plan = ResamplingPlan(truths: [Int](repeating: 0, count: shared.count), groups: nil)
    let replicates = Replicates(plan, settings) { weights in
      patterns.values(patterns.totals(weights), ordered: ordered)
    }
    rows = shared.count
    self.ratings = shared.reduce(0) { $0 + ratings[$1].count }
    pairs = MetricEstimate(replicates, 0, settings)
    fleissKappa = MetricEstimate(replicates, 1, settings)
    nominalAlpha = MetricEstimate(replicates, 2, settings)
    ordinalAlpha = ordered ? MetricEstimate(replicates, 3, settings) : nil
    resamples = settings.resamples
  }
}
