/// Dawid and Skene's model of raters, fitted by EM: true classes T, a confusion matrix for each rater.
///
/// P(T_i = c) = p_c, and rater j gives class l to a row of class c with probability π^j_cl, whatever the others give. E-step:
/// T_ic ∝ p_c Π_j π^j_{c, l_ij}. M-step: p_c ∝ Σ_i T_ic + α and π^j_cl ∝ Σ_{i: l_ij = l} T_ic + β_cl. It begins with the shares
/// of votes, and ends where no T_ic moves by more than the tolerance.
///
/// Departs from the paper: α and β, a Dirichlet prior, without which a rater of few ratings, or of few of a rare class, has
/// probabilities of 0 and 1 that no other rating can overrule. ``Settings`` has them as ratings seen beforehand. EM is then that
/// of the largest posterior density, which rises with every step (``objective``).
///
/// Source: Dawid and Skene, "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm", Applied
/// Statistics 28, 1979.
public struct DawidSkene: Sendable, Equatable {
  /// The prior, and when the fit ends.
  public struct Settings: Sendable, Equatable {
    /// Ratings of each class that every rater has given beforehand, Σ_l β_cl; above 0.
    public var ratings = 2.0
    /// Share of these that are right, β_cc; the others are equally many of each class. Between 0 and 1.
    public var accuracy = 0.7
    /// Rows of each class beforehand, α; above 0.
    public var rows = 0.5
    /// The largest change of a T_ic at which the fit ends.
    public var tolerance = 1e-6
    /// Iterations at most.
    public var most = 500

    /// The defaults.
    public init() {}
  }

  /// Number of classes `C`.
  public let classes: Int
  /// p, `[C]`.
  public let prior: [Double]
  /// π, rater by rater, true class by given class, `[M, C, C]` flat.
  public let confusion: [Double]
  /// T, the probability of each class for each row, `[N, C]` flat.
  public let posterior: [Double]
  /// Iterations done.
  public let iterations: Int
  /// Whether the tolerance was reached.
  public let hasConverged: Bool
  /// Logarithm of the posterior density of p and π, up to a constant, at each iteration.
  public let objective: [Double]

  /// Fits the model.
  public init(_ ratings: Ratings, _ settings: Settings = Settings()) {
    let (classes, count) = (ratings.classes, ratings.count)
    var t = [Double](repeating: 0, count: count * classes)
    for row in 0..<count {
      let share = 1 / Double(ratings[row].count)
      for one in ratings[row] { t[row * classes + one.label] += share }
    }
    var step = DawidSkeneStep(ratings, settings)
    var (objective, change, done) = ([Double](), Double.infinity, 0)
    while done < settings.most, change > settings.tolerance {
      step.maximize(t)
      let (next, value, moved) = step.expect(t)
      (t, change) = (next, moved)
      objective.append(value)
      done += 1
    }
    self.classes = classes
    (prior, confusion, posterior) = (step.prior, step.confusion, t)
    (iterations, hasConverged, self.objective) = (done, change <= settings.tolerance, objective)
  }

  /// π^j_cl.
  ///
  /// - Precondition: the rater lies in `0..<M`, the classes in `0..<C`.
  public func confusion(of rater: Int, true truth: Int, given: Int) -> Double {
    confusion[(rater * classes + truth) * classes + given]
  }

  /// The most probable class of each row, `[N]`; of equals, but for rounding, that of the vote, else the first.
  public func labels(_ vote: MajorityVote) -> [Int] {
    vote.labels.enumerated().map { row, voted in
      let own = posterior[row * classes..<(row + 1) * classes]
      let best = largest(own)
      return own[own.startIndex + voted] >= own[own.startIndex + best] - 1e-9 ? voted : best
    }
  }
}
