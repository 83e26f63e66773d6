extension CoverageProof {
  static let introduction = """
    # How often a 95 % interval holds the truth

    Written by `make proofs` (`Tests/Judging/UncertaintyTests/Coverage`), from worlds whose truth is known. What is shown is
    what a report offers: the interval that the rules choose, with its name, "none given" where they give none. The seed
    of every cell is 2024, so that the table can be made again. Bootstrap: 499 resamples; the standard error of a coverage
    is .5 points with 2,000 repetitions, 1.1 with 400, 2.2 with 100. A cell has at most 2,000, fewer
    where they take longer than a minute of one thread or the run was ended before: the last column.

    Worlds: three classes 7 : 2 : 1 whose rare class is harder, calibrated, with logits half as large again, halved, without
    the priors (trained balanced), or of a model that was fitted on 200 images; two classes 1 : 1 to 1 : 1,000, 5 to 100
    positives; 10, 20 and 50 classes of unequal difficulty; 2 to 60 groups of 6 or of 1 to 20 images that share none, a fifth
    or half of the variance. `n` counts images; groups where there are any; positives of an AUROC, of a threshold and of a
    predictive value; labelled images of a prevalence; images of a class of a promise, or groups. Class counts are sampled
    but for "the same numbers in every sample", whose intervals take them as fixed. For promises the coverage is how often
    the rate among new images is as promised, and the width the mean rate that is reached; of a sensitivity, a risk and sets
    at least 95 % is right, and more is no fault: a limit that is kept more often than it need be. Two equal models pass a
    requirement of 0 rightly; only "ruled out" is a false alarm there, and where all of six must be shown only "passed".

    Not offered, and why: anything from resamples of fewer than 10 groups or images (they vary too little); metrics of the
    decisions of two classes where nothing of one is found, and the geometric mean where a class is not found or classes are
    lacking in resamples (all resamples agree on what is not known); macro F1, AUROC and average precision over many classes
    of few images (Σ 1/n_c above 2: what each is off by the mean does not make smaller); the prevalence of a class of fewer
    than 20 labelled images, whose interval held the truth in 79 to 86 % of samples; a specificity at a sensitivity of fewer than 10
    positives; a calibration slope of fewer than 10 images of the class or of the rest.

    Too long by construction, and kept: AUROC and average precision of few positives and mean recalls of many classes of few
    images take the longer of two intervals, for each alone is short in some world; calibration errors (`folded-normal`), whose truth near 0 any interval from 0 on holds;
    macro-F1 and MCC where a rare class has few right, whose resamples are stretched by Student's quantile; log loss and
    Brier score of few images, whose quantile has half of the degrees of freedom.

    """

  /// How many rows lie where they should, and which do not: of what is given, as far as two standard errors tell.
  static func summary(_ rows: [CoverageRow]) -> String {
    let given = rows.filter { 2 * $0.given >= $0.repetitions && $0.repetitions > 0 }
    let short = given.filter { $0.coverage + 2 * $0.standardError < 0.92 }
    let long = given.filter { $0.coverage - 2 * $0.standardError > 0.98 }
    let plain = given.filter { (0.92...0.98).contains($0.coverage) }
    let list = short.map { row in
      "- \(row.world.isEmpty ? "" : row.world + ": ")\(row.quantity), n = \(row.n): \(rounded(100 * row.coverage, 1)) %"
    }
    return """
      Of \(given.count) rows with an interval (in at least half of the samples) \(plain.count) lie between 92 and 98 %, \(long.count) are
      above 98 % and \(short.count) below 92 % by more than two standard errors:

      \(list.isEmpty ? "none." : list.joined(separator: "\n"))

      """
  }
}
