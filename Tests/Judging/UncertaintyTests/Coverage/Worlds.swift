import Randomness
import Uncertainty

/// The worlds of the simulations, like those of users.
extension World {
  /// Three classes, the rare one harder.
  static let unequal = World(
    name: "7 : 2 : 1, the rare class harder", priors: [0.7, 0.2, 0.1], lifts: [2, 1.5, 1])
  static let overconfident = World(
    name: "the same, logits half as large again", priors: [0.7, 0.2, 0.1], lifts: [2, 1.5, 1],
    sharpness: 1.5)
  static let underconfident = World(
    name: "the same, logits halved", priors: [0.7, 0.2, 0.1], lifts: [2, 1.5, 1], sharpness: 0.5)
  static let balanced = World(
    name: "the same, trained balanced", priors: [0.7, 0.2, 0.1], lifts: [2, 1.5, 1],
    isBalanced: true)
  /// A model that was fitted on 200 images: what it takes lifts and priors for are their means there.
  static let fitted: World = {
    var world = unequal
    world.name = "the same, fitted on 200 images"
    var random = RandomKey(seed: 31).source
    let counts = [140, 40, 20]
    let lifts = zip(counts, world.lifts).map { count, lift in
      lift + random.normal() / Double(count).squareRoot()
    }
    world.fitted = (lifts, counts.map { Double($0) / 200 })
    return world
  }()
  static let fixed = World(
    name: "the same numbers of each class in every sample", priors: [0.7, 0.2, 0.1],
    lifts: [2, 1.5, 1], counts: .fixed)

  /// Two classes, one negative to one positive and on.
  static func ratio(_ ratio: Int) -> World {
    World(
      name: "two classes, 1 : \(ratio)",
      priors: [Double(ratio) / Double(ratio + 1), 1 / Double(ratio + 1)], lifts: [1.5, 1.5])
  }

  /// So many classes, each rarer than the one before, of difficulties by turns.
  static func many(_ classes: Int, rarest: Double) -> World {
    let weights = (0..<classes).map { index in
      1 + (1 / rarest - 1) * Double(classes - 1 - index) / Double(classes - 1)
    }
    let sum = weights.reduce(0, +)
    return World(
      name: "\(classes) classes, 1 : \(Int(1 / rarest))", priors: weights.map { $0 / sum },
      lifts: (0..<classes).map { [3, 2, 2.5][$0 % 3] })
  }

  /// Groups of images, of equal or of very unequal sizes, that share part of the variance.
  static func grouped(_ correlation: Double, isEven: Bool) -> World {
    World(
      name: "groups of \(isEven ? "6 images" : "1 to 20 images"), correlation \(correlation)",
      priors: [0.6, 0.4], lifts: [1.5, 1.5],
      groups: Groups(
        sizes: isEven ? [6] : [1, 2, 3, 4, 6, 10, 2, 20, 1, 5], correlation: correlation))
  }

  /// Two models whose errors differ in direction by class: one knows the priors, one was trained balanced.
  static let directions = World(
    name: "two models, one trained balanced", priors: [0.7, 0.2, 0.1], lifts: [2, 1.5, 1],
    second: Model(lifts: [2, 1.5, 1], isBalanced: true))
  /// Two models of the same worth.
  static let equal = World(
    name: "two equal models", priors: [0.7, 0.2, 0.1], lifts: [2, 1.5, 1],
    second: Model(lifts: [2, 1.5, 1]))

  /// The same with groups.
  func inGroups(_ correlation: Double, sizes: [Int]) -> World {
    var world = self
    world.groups = Groups(sizes: sizes, correlation: correlation)
    world.name +=
      ", groups of \(sizes.count == 1 ? "\(sizes[0])" : "1 to 20"), correlation \(correlation)"
    return world
  }
}
