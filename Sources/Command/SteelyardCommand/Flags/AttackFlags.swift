import ArgumentParser
import Plans

/// A part of the scale of pixels: `0.03`, or `8/255`.
struct PixelRadius: ExpressibleByArgument, Equatable, Sendable {
  /// In `0...1`.
  let value: Double

  /// `nil` unless it is a number, or two with a slash, in `0...1`.
  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
    let numbers = parts.compactMap(\.self)
    guard numbers.count == parts.count, (1...2).contains(numbers.count) else { return nil }
    value = numbers.count == 2 ? numbers[0] / numbers[1] : numbers[0]
    guard (0...1).contains(value) else { return nil }
  }

  static var allValueStrings: [String] { [] }
}

/// Evaluation under attack: every image is changed within a bound to be mistaken, by projected gradient descent.
struct AttackFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Attack every image first: how far a pixel may move, as a part of black to white.",
      valueName: "0.03|8/255"))
  var attack: PixelRadius?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Steps of the attack (default: 20).", valueName: "number"))
  var attackSteps: Int?

  func validate() throws {
    guard let attackSteps else { return }
    if attack == nil {
      throw ValidationError("--attack-steps: takes part with --attack only; leave it out.")
    }
    if attackSteps < 1 {
      throw ValidationError("--attack-steps: expected at least 1, got \(attackSteps).")
    }
  }

  /// The attack; `nil` where none was asked for. A step is a quarter of the bound, as in the paper.
  var made: ProjectedGradient? {
    attack.map {
      ProjectedGradient(radius: $0.value, step: $0.value / 4, steps: attackSteps ?? 20)
    }
  }

  /// What the numbers mean.
  var note: String? {
    attack.map {
      "attacked: each pixel moves by up to \($0.value.formatted()) of black to white, \(attackSteps ?? 20) steps;"
        + " a stronger attack may find more mistakes, so what is right here is an upper bound"
    }
  }
}

extension Double {
  /// At most four digits after the point.
  fileprivate func formatted() -> String { "\((self * 10_000).rounded() / 10_000)" }
}
