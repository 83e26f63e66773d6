import Batches
import Plans
import Sampling

/// Hyper-parameters that methods have in common whose rows are compared with a queue, which a slow second network fills.
protocol QueuedContrast: Method {
  /// τ, above 0.
  var temperature: Double { get }
  /// Length of a projected vector, 1 to 65,536.
  var dimensions: Int { get }
  /// Rows of earlier steps to compare with, at least 1.
  var queue: Int { get }
  /// Decay of the second network, in `0..<1`.
  var momentum: Double { get }
}

extension QueuedContrast {
  /// What a guide says of these settings, beside others.
  static func settings(with others: [String: String]) -> [String: String] {
    others.merging([
      "temperature": "of the contrast, above 0",
      "dimensions": "length of a projected vector, a whole number from 1 to 65536",
      "queue":
        "rows of earlier steps to compare with, from 1; a whole number, at most the images there are",
      "momentum": "decay of the slow second network, from 0 to below 1",
    ]) { own, _ in own }
  }

  /// What is out of range.
  var queueProblems: [HyperparameterProblem?] {
    [
      .unlessPositive("temperature", temperature),
      .unlessWithin(1...65_536, "dimensions", Double(dimensions)),
      .unlessPositive("queue", Double(queue)),
      .unlessUnit("momentum", momentum, closed: false),
    ]
  }

  /// The queue of a training set, of no more rows than it has images: more would be old views of the same.
  func rowQueue(for classes: ClassCounts) -> ContrastQueue {
    ContrastQueue(capacity: min(queue, classes.total), dimensions: dimensions)
  }

  /// A stage of two strong views, with the second network.
  func contrasting(_ objective: any Objective, fraction: Double = 1) -> Stage {
    Stage(
      objective, views: [.strong, .strong],
      teacher: Teacher(decay: momentum, warmup: false, isModel: false), fraction: fraction)
  }
}

/// Of these, methods whose rows have equally many partners whatever their class, followed by a last layer.
protocol EvenContrast: QueuedContrast {
  /// k, images of its class that an image is drawn to, at least 1.
  var positives: Int { get }
  /// Part of the run that the last layer takes, above 0 and below 1.
  var share: Double { get }
}

extension EvenContrast {
  /// What a guide says of these settings, beside others.
  static func evenSettings(with others: [String: String] = [:]) -> [String: String] {
    settings(with: others).merging([
      "positives": "images of its class that an image is drawn to, from 1; a whole number",
      "share": "part of the run that the last layer takes, above 0 and below 1",
    ]) { own, _ in own }
  }

  /// What is out of range.
  var evenProblems: [HyperparameterProblem?] {
    [.unlessPositive("positives", Double(positives))] + queueProblems
      + [.unlessProperFraction("share", share)]
  }

  /// The contrast, then a last layer on balanced classes.
  func stages(_ objective: any Objective) -> [Stage] {
    .representation(contrasting(objective, fraction: 1 - share), thenHeadsFor: share)
  }
}
