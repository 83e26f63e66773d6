import Foundation
import Methods
import Plans
import Randomness
import TestSupport
import Testing

/// Settings as text: what is shown can be typed again, and no digit is lost on the way.
@Suite("Settings as text")
struct SettingTextTests {
  static let names = catalogue.map { $0.name } + libraryMethods.map { $0.name }

  /// Values that a range holds, drawn: few digits, all digits, small and large.
  private func drawn(
    _ range: SettingRange, using source: inout some RandomNumberGenerator
  ) -> Double? {
    let u = source.uniform()
    switch range {
    case .special, .nonPositive, .any: return nil
    case .positive, .nonNegative:
      return [u, 1e6 * u, 1e-9 * u + 1e-12, 1e15 * u].randomElement(
        using: &source)
    case .unit, .unitBelow, .proper, .share: return max(u, 1e-9)
    case .belowHalf: return 0.499 * u
    case .aboveOne, .atLeastOne: return 1 + max(u, 1e-9)
    case .count, .countAtLeastOne, .countOrNone: return Double(1 + source.below(1 << 40))
    case .within(let low, let high), .whole(let low, let high):
      return Double(low + source.below(high - low + 1))
    case .folds: return Double(2 + source.below(99))
    }
  }

  /// Drawn settings, all at once, as text and back: to the last bit, and to the same text again.
  @Test(arguments: catalogue.map { $0.name })
  func drawnSettingsComeBack(name: String) throws {
    let kind = try method(named: name)
    var source = RandomKey(seed: 11).folding(name).source
    for _ in 0..<20 {
      var typed: [String: String] = [:]
      for (setting, range) in (SettingRange.all[name] ?? [:]).sorted(by: { $0.key < $1.key }) {
        // Two settings that bound another one keep their defaults.
        guard setting != "router", let value = drawn(range, using: &source) else { continue }
        typed[setting] = "\(value)"
      }
      if name == "asymmetric" { typed["margin"] = nil }
      let made = try kind.with(typed)
      for (setting, text) in typed {
        #expect(made.hyperparameters[setting] == .number(try #require(Double(text))), "\(setting)")
      }
      let again = try kind.with(made.hyperparameters.mapValues(\.description))
      #expect(again.hyperparameters == made.hyperparameters)
    }
  }

  /// The defaults, typed out, are the defaults: `config.yaml` of a run repeats it.
  @Test(arguments: names)
  func defaultsTypedOut(name: String) throws {
    let kind = try method(named: name)
    let plain = kind.init().hyperparameters
    #expect(try kind.with(plain.mapValues(\.description)).hyperparameters == plain)
    #expect(try kind.with([:]).hyperparameters == plain)
    for (setting, value) in plain {
      #expect(
        try kind.with([setting: value.description]).hyperparameters == plain, "\(setting)")
    }
  }

  /// What is encoded is flat: a value a setting, under the name that is typed.
  @Test(arguments: names)
  func encodedFlat(name: String) throws {
    func bytes<M: Method>(_ method: M) throws -> Data { try JSONEncoder().encode(method) }
    let made = try method(named: name).init()
    let fields = try JSONDecoder().decode([String: Hyperparameter].self, from: try bytes(made))
    #expect(fields == made.hyperparameters)
    for key in fields.keys {
      #expect(key.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil, "\(key)")
    }
  }

  /// Flags are two words and no others.
  @Test(arguments: names)
  func flags(name: String) throws {
    let kind = try method(named: name)
    for (setting, value) in kind.init().hyperparameters {
      guard case .flag(let isOn) = value else { continue }
      for text in ["true", "false"] {
        #expect(
          try kind.with([setting: text]).hyperparameters[setting] == .flag(text == "true"))
      }
      let other = try kind.with([setting: "\(!isOn)"])
      #expect(other.hyperparameters != kind.init().hyperparameters)
      for text in ["True", "1", "0", "yes", "no", "", " true"] {
        let error = #expect(throws: OverrideError.self) { try kind.with([setting: text]) }
        #expect(
          error?.description == "\(name): \(setting) takes true or false, got '\(text)'")
      }
    }
  }

  /// Of several mistakes the first by name is said, so that the same words come whatever the order of typing.
  @Test func theFirstMistakeByName() throws {
    for _ in 0..<8 {
      let error = #expect(throws: OverrideError.self) {
        try LDAMDRW.with(["start": "soon", "zeta": "1", "margin": "wide", "beta": "0.5"])
      }
      #expect(error?.description == "ldam-drw: margin takes a number, got 'wide'")
    }
  }

  /// Words that may be set are the words of a list.
  @Test func wordsOfAList() throws {
    for word in ["none", "density"] {
      #expect(
        try GradientBoosting.with(["weighting": word]).hyperparameters["weighting"] == .text(word))
    }
    for word in ["", "Density", "none ", "dénsity", "none or density"] {
      let error = #expect(throws: OverrideError.self) {
        try GradientBoosting.with(["weighting": word])
      }
      #expect(
        error?.description == "lightgbm: weighting must be none or density, got '\(word)'")
    }
    let error = #expect(throws: OverrideError.self) {
      try GradientBoosting.with(["grades": "backward"])
    }
    #expect(
      error?.description == "lightgbm: grades must be cumulative or onward, got 'backward'")
  }
}
