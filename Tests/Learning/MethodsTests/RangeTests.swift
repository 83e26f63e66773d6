import Methods
import Plans
import Testing

/// Every number of every method at both ends of what its guide promises, in the words that a person reads.
@Suite("Ranges of settings")
struct RangeTests {
  static let names = catalogue.map { $0.name }

  private func text(_ name: String, _ settings: [String: String]) throws -> String? {
    let kind = try method(named: name)
    do throws(OverrideError) {
      _ = try kind.with(settings)
      return nil
    } catch {
      return error.description
    }
  }

  /// The table knows all settings that are numbers, and none that is not there.
  @Test func theTableIsWhole() {
    for kind in catalogue {
      let numbers = kind.init().hyperparameters.filter { _, value in
        if case .number = value { true } else { false }
      }
      #expect(
        Set(numbers.keys) == Set((SettingRange.all[kind.name] ?? [:]).keys), "\(kind.name)")
    }
    #expect(Set(SettingRange.all.keys).isSubset(of: Set(Self.names)))
  }

  @Test(arguments: names)
  func whatIsInRangeIsTaken(name: String) throws {
    for (setting, range) in SettingRange.all[name] ?? [:] {
      for value in range.taken {
        let said = try text(name, [setting: value])
        #expect(said == nil, "\(setting)=\(value)")
      }
    }
  }

  /// What is taken is what is set.
  @Test(arguments: names)
  func whatIsTakenIsSet(name: String) throws {
    for (setting, range) in SettingRange.all[name] ?? [:] {
      for value in range.taken {
        let made = try method(named: name).with([setting: value])
        let number = try #require(Double(value))
        #expect(made.hyperparameters[setting] == .number(number), "\(setting)=\(value)")
        // No other setting moves with it.
        var others = made.hyperparameters
        var plain = try method(named: name).init().hyperparameters
        (others[setting], plain[setting]) = (nil, nil)
        #expect(others == plain, "\(setting)=\(value)")
      }
    }
  }

  @Test(arguments: names)
  func whatIsOutOfRangeIsRefusedInWords(name: String) throws {
    for (setting, range) in SettingRange.all[name] ?? [:] {
      for (value, shown) in range.refused {
        let said = try text(name, [setting: value])
        #expect(
          said == "\(name): \(setting) must be \(range.words), got \(shown)",
          "\(setting)=\(value)")
      }
    }
  }

  /// Fractions of what is counted, words, nothing, and what no number can hold.
  @Test(arguments: names)
  func whatIsNoNumberIsRefused(name: String) throws {
    for (setting, range) in SettingRange.all[name] ?? [:] {
      for value in ["", " 1", "1 ", "one", "nan", "inf", "-inf", "1e999", "1,5", "½", "١"] {
        let said = try text(name, [setting: value])
        #expect(said == "\(name): \(setting) takes a number, got '\(value)'")
      }
      guard range.isWhole else { continue }
      for value in ["1.5", "1e-3", "1e30", "-1e30"] {
        let said = try text(name, [setting: value])
        #expect(said == "\(name): \(setting) takes a whole number, got '\(value)'")
      }
    }
  }

  /// All that is out of range is said at once, not one a try.
  @Test(arguments: names)
  func everythingIsSaidAtOnce(name: String) throws {
    let wrong = (SettingRange.all[name] ?? [:]).compactMapValues { $0.refused.first }
    guard wrong.count > 1 else { return }
    let said = try #require(try text(name, wrong.mapValues(\.text)))
    #expect(said.hasPrefix("\(name): "))
    for (setting, value) in wrong {
      let words = try #require(SettingRange.all[name]?[setting]?.words)
      #expect(said.contains("\(setting) must be \(words), got \(value.shown)"), "\(setting)")
    }
    // Of a method whose settings bound each other there may be one more.
    #expect(said.split(separator: ";").count >= wrong.count)
  }

  @Test func theFocusOfAsymmetricFollowsItsMargin() throws {
    #expect(try text("asymmetric", ["negative": "1"]) == nil)
    for value in ["0", "0.75"] {
      #expect(
        try text("asymmetric", ["negative": value])
          == "asymmetric: negative must be at least 1 where there is a margin, got "
          + (value == "0" ? "0.0" : value))
      #expect(try text("asymmetric", ["negative": value, "margin": "0"]) == nil)
    }
    for margin in ["0", "0.05"] {
      #expect(
        try text("asymmetric", ["negative": "-1", "margin": margin])
          == "asymmetric: negative must be at least 0, got -1.0")
    }
  }

  @Test func theNormalClassAndTheSide() throws {
    for value in ["-1", "0", "7"] {
      #expect(try text("ssim-autoencoder", ["normal": value]) == nil)
    }
    #expect(
      try text("ssim-autoencoder", ["normal": "-2"])
        == "ssim-autoencoder: normal must be a class from 0 on, or -1, got -2.0")
    for side in [16, 32, 64, 128, 256, 512] {
      #expect(try text("ssim-autoencoder", ["side": "\(side)"]) == nil)
    }
    for side in [0, 8, 31, 33, 1024, -16] {
      #expect(
        try text("ssim-autoencoder", ["side": "\(side)"])
          == "ssim-autoencoder: side must be 16, 32, 64, 128, 256 or 512, got \(side).0")
    }
  }

  @Test func aRouterNeedsTwoExperts() throws {
    for experts in [2, 64] {
      #expect(try text("ride", ["experts": "\(experts)", "router": "0.1"]) == nil)
    }
    #expect(try text("ride", ["experts": "1", "router": "0"]) == nil)
    #expect(
      try text("ride", ["experts": "1", "router": "0.1"])
        == "ride: router must be 0 where there is one expert, got 0.1")
  }

  /// Names of settings that are nearly right are suggested, others are listed.
  @Test(arguments: names)
  func nearlyRightNames(name: String) throws {
    let kind = try method(named: name)
    let known = kind.init().hyperparameters.keys.sorted()
    let listed = " It has: \(known.joined(separator: ", "))"
    for setting in known where setting.count > 3 {
      let typed = setting.uppercased()
      #expect(
        try text(name, [typed: "1"])
          == "\(name) has no hyper-parameter '\(typed)'; did you mean '\(setting)'?\(listed)")
    }
    let said = try text(name, ["quetzalcoatl": "1"])
    #expect(
      said
        == (known.isEmpty
          ? "\(name) has no hyper-parameters, so 'quetzalcoatl' cannot be set; leave it out"
          : "\(name) has no hyper-parameter 'quetzalcoatl'.\(listed)"))
  }
}
