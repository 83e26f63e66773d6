extension MetricsReport {
  /// Which of two classes is the positive one, and why: `cancer (the rarer: 19 of 400 images)`; `nil` unless
  /// there are two.
  public var positiveText: String? {
    guard let positive else { return nil }
    return "\(classes[positive.index]) (\(reason(positive)))"
  }

  private func reason(_ positive: PositiveClass) -> String {
    let (own, other) = (positive.index, 1 - positive.index)
    switch positive.reason {
    case .named: return "as chosen"
    case .fewerTraining:
      guard let counts = shots?.trainingCounts, counts.count == 2 else {
        return "fewer training images"
      }
      return "fewer training images: \(counts[own]), of \(classes[other]) \(counts[other])"
    case .fewerExamples:
      let (support, total) = (perClass[own].support, n)
      return support * 2 < total ? "the rarer: \(support) of \(total) images" : "the rarer"
    case .tie: return "both have as many images; the later in the list"
    case .compared: return "the same as of what it is compared with"
    case .second: return "the second in the list, as in all files from before version 0.2"
    }
  }
}
