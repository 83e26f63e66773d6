import Plans

/// Which stage an epoch belongs to, and how far the stage is.
struct Timeline {
  private let stages: [Stage]
  /// First epoch of each stage, and the end.
  private let bounds: [Int]

  /// Shares `epochs` out by the stages' fractions; every stage, one with a share of 0 as well, gets
  /// at least one epoch while there are enough.
  init(_ stages: [Stage], epochs: Int) {
    self.stages = stages
    var (bounds, sum) = ([0], 0.0)
    for (index, stage) in stages.enumerated() {
      sum += stage.fraction
      let left = stages.count - index - 1
      let end = max(bounds[index] + 1, Int((sum * Double(epochs)).rounded()))
      bounds.append(min(end, max(epochs - left, bounds[index])))
    }
    bounds[stages.count] = epochs
    self.bounds = bounds
  }

  /// The number of the stage that holds an epoch (from 0).
  func index(at epoch: Int) -> Int {
    bounds.dropFirst().firstIndex { epoch < $0 }.map { $0 - 1 } ?? stages.count - 1
  }

  /// How many stages there are.
  var count: Int { stages.count }

  /// A stage by its number, from 0.
  func stage(numbered index: Int) -> Stage { stages[index] }

  /// The first epoch of a stage, from 0.
  func start(of index: Int) -> Int { bounds[index] }

  /// Epochs of a stage.
  func length(of index: Int) -> Int { bounds[index + 1] - bounds[index] }

  /// Part of its stage that is over when an epoch begins, in `0..<1`.
  func elapsed(at epoch: Int) -> Double {
    let index = index(at: epoch)
    return Double(epoch - bounds[index]) / Double(max(length(of: index), 1))
  }

  /// The stage that holds an epoch (from 0).
  func stage(at epoch: Int) -> Stage { stages[index(at: epoch)] }

  /// Part of its stage that is over when an epoch begins, counted so that it is 0 at the first and
  /// 1 at the last epoch; 0 of a stage of one epoch.
  func progress(at epoch: Int) -> Double {
    let index = index(at: epoch)
    let length = bounds[index + 1] - bounds[index]
    return length > 1 ? Double(epoch - bounds[index]) / Double(length - 1) : 0
  }
}
