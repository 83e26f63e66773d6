import Methods
import Networks
import Plans
import Sampling
import Testing

/// Methods that need a library which may not be installed.
@Suite struct LibraryMethodTests {
  @Test func theyAreFoundByNameAndInNoListOfAll() throws {
    #expect(libraryMethods.map { $0.name } == ["lightgbm"])
    let names = Set(catalogue.map { $0.name })
    for kind in libraryMethods {
      #expect(!names.contains(kind.name))
      #expect(try method(named: kind.name).name == kind.name)
      let made = kind.init()
      #expect(made.isFitted(for: try ClassCounts([90, 9])))
      #expect(made.problems.isEmpty && !made.standardizesRows && made.takesMissing)
      // Every setting is in the guide.
      #expect(Set(kind.guide.settings.keys) == Set(made.hyperparameters.keys))
    }
    let error = #expect(throws: CatalogueError.self) { try method(named: "lightgmb") }
    #expect(error?.description.contains("did you mean 'lightgbm'?") == true)
  }

  @Test(arguments: [
    ("rounds", "0", "a whole number from 1 to 1000000"),
    ("leaves", "1", "a whole number from 2 to 1000000"),
    ("least", "1.5", "a whole number from 1 to 1000000"), ("rate", "0", "above 0"),
    ("features", "1.5", "above 0 and at most 1"), ("rows", "0", "above 0 and at most 1"),
    ("balance", "-1", "at least 0"),
    ("weighting", "inverse", "weighting must be none or density, got 'inverse'"),
    ("error", "mse", "error must be rmse or mae, got 'mse'"),
    ("grades", "chain", "grades must be cumulative or onward, got 'chain'"),
  ])
  func settingsHaveRanges(name: String, value: String, expected: String) throws {
    do {
      _ = try GradientBoosting.with([name: value])
      Issue.record("\(name)=\(value) passed")
    } catch {
      #expect("\(error)".contains("\(name)") && "\(error)".contains(expected), "\(error)")
    }
  }

  /// Each setting changes how trees are grown.
  @Test func everySettingActs() throws {
    let counts = try ClassCounts([90, 9])
    func described(_ settings: [String: String]) throws -> String {
      "\(try GradientBoosting.with(settings).stages(for: counts)[0].opening)"
    }
    let plain = try described([:])
    for (name, value) in [
      "rounds": "7", "patience": "3", "rate": "0.3", "leaves": "5", "least": "2", "l2": "1",
      "features": "0.5", "rows": "0.5", "balance": "1",
      "weighting": "density", "error": "mae", "grades": "onward",
    ] {
      #expect(try described([name: value]) != plain, "\(name)")
    }
  }

  /// It serves every target in one stage without a step, whose loss knows the target.
  @Test func itServesEveryTarget() throws {
    let method = GradientBoosting()
    let labels = try #require(
      method.stages(for: LabelTable([true, false, nil, false, true, true], width: 2)))
    let numbers = try #require(method.stages(for: NumberTable([1, 2, 4])))
    let grades = try #require(method.gradeStages(for: ClassCounts([9, 4, 1])))
    for stages in [labels, numbers, grades] {
      #expect(stages.count == 1 && stages[0].trains == .nothing && stages[0].opening.count == 1)
    }
    #expect(labels[0].drawsLabels && labels[0].objective.partsThatNeedClasses.isEmpty)
    #expect(numbers[0].objective.partsThatNeedClasses.isEmpty)
    let onward = try GradientBoosting.with(["grades": "onward"])
    #expect(onward.gradeDecoding == .corn && onward.network.decoding == .softmax)
    #expect(try #require(onward.gradeStages(for: ClassCounts([9, 4, 1]))).count == 1)
    // Classes that nobody calls grades are told apart together.
    #expect(method.gradeDecoding == .cumulative && method.network.decoding == .softmax)
    #expect(!method.ordersClasses && ERM().gradeDecoding == nil)
    #expect(ERM().gradeStages(for: try ClassCounts([2, 1])) == nil)
  }
}
