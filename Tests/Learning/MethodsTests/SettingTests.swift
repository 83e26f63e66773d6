import Batches
import Methods
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// What the settings of methods do: each does something, and where a direction is known, it goes that way.
@Suite struct SettingTests {
  /// Settings without which others have no part that they could change.
  static let contexts = [
    "supcon": ["queue": "8"], "ride": ["router": "0.5"], "remix": ["start": "0.8"],
  ]

  /// Every setting changes a stage, or the network, or how much of it learns.
  @Test(arguments: catalogue.map { $0.init() as any Method })
  func everySettingActs(method: any Method) throws {
    let kind = type(of: method)
    let context = Self.contexts[kind.name] ?? [:]
    let plain = try description(of: kind.with(context))
    #expect(try description(of: kind.with(context)) == plain)
    for (name, value) in method.hyperparameters {
      let acts = Self.others(than: value).contains { other in
        guard let changed = try? kind.with(context.merging([name: other]) { $1 }) else {
          return false
        }
        return (try? description(of: changed) != plain) ?? false
      }
      #expect(acts, "\(kind.name): no value of \(name) changes anything")
    }
  }

  /// Other values of a setting, and words of all that have some; those out of range are left out by whoever tries them.
  private static func others(than value: Hyperparameter) -> [String] {
    switch value {
    case .flag(let flag): ["\(!flag)"]
    case .number(let x):
      [2 * x, x / 2, x + 1, 0.5, 0.25, 0, 1, 64].filter { $0 != x }.map {
        "\(Hyperparameter.number($0))"
      }
    case .text: ["row", "never", "instance", "cumulative", "onward"]
    }
  }

  /// All that a method makes, down to the numbers in it.
  private func description(of method: any Method) throws -> String {
    var text = ""
    dump(method.stages(for: try ClassCounts([90, 9, 1])), to: &text)
    // Some settings are of numbers alone.
    let numbers = NumberTable((0..<60).map { Double($0 * $0) / 60 })
    dump(method.stages(for: numbers), to: &text)
    dump(method.network, to: &text)
    dump(method.tuning, to: &text)
    dump(method.cropMargin, to: &text)
    return text
  }

  /// Along the values the rare class gains or loses, or the loss grows or falls.
  @Test(arguments: SettingDirection.all)
  func direction(_ one: SettingDirection) throws {
    let found = try one.values.map { value in
      let method = try Methods.method(named: one.method)
        .with(one.context.merging([one.setting: value]) { $1 })
      return try measured(one.measure, of: method)
    }
    for (before, after) in zip(found, found.dropFirst()) {
      let rises = after > before
      #expect(before != after && rises == one.rises, "\(one.values): \(found)")
    }
  }

  private func measured(_ measure: SettingDirection.Measure, of method: any Method) throws -> Double
  {
    let classes = try ClassCounts([900, 90, 10])
    switch measure {
    case .answered:
      let stage = try #require(method.stages(for: classes).last)
      return try #require(stage.correction(for: classes)).answered[2]
    case .drawn: return method.expectedLabelMass(for: classes)[2]
    case .loss(let label, let isRight):
      return try MethodLoss(method, isRight: isRight).sum(ofClass: label)
    case .lastLoss(let label):
      return try MethodLoss(method, stage: .last).sum(ofClass: label)
    }
  }

  /// Where settings make one method of another: all losses of a batch, and what is drawn.
  @Test(arguments: SettingLimit.all)
  func limit(_ one: SettingLimit) throws {
    let (found, expected) = (
      try Methods.method(named: one.method).with(one.settings),
      try Methods.method(named: one.other).with(one.otherSettings)
    )
    for isRight in [true, false] {
      let (a, b) = (
        try MethodLoss(found, isRight: isRight).values,
        try MethodLoss(expected, isRight: isRight).values
      )
      // Of answers that are right and sure, a focal loss leaves next to nothing.
      if !isRight { #expect(b.contains { $0 > 1e-3 }) }
      // A term of weight 0 has rows, all of them 0.
      let padded = b + Array(repeating: 0, count: max(0, a.count - b.count))
      #expect(difference(a, padded, relative: 1e-5, absolute: 1e-6) == nil)
    }
    let classes = try ClassCounts([900, 90, 10])
    let mass = (found.expectedLabelMass(for: classes), expected.expectedLabelMass(for: classes))
    #expect(difference(mass.0, mass.1, relative: 1e-6) == nil)
  }
}
