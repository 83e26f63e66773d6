import Decisions
import Evaluation
import Files
import Randomness
import TestSupport
import Testing

/// What the order of classes and rows, and what stands beside the probabilities, may not change about a rule.
@Suite("Rules and what must not matter to them")
struct RuleInvarianceTests {
  private func sample(_ seed: UInt64, groups: Bool = false) -> LabelledProbabilities {
    var random = RandomKey(seed: seed).source
    return GaussianClasses(prior: [0.6, 0.3, 0.1], apart: 1.5).sample(
      240, sharpness: 1.5, groups: groups ? (0..<240).map { "g\($0 / 4)" } : nil, using: &random)
  }

  private func plan(_ order: [Int]) -> DecisionPlan {
    let costs: [[Double]] = [[0, 1, 2], [3, 0, 1], [7, 5, 0]]
    var plan = DecisionPlan(calibration: .temperature)
    plan.sampler = .init(
      drawn: order.map { [0.4, 0.3, 0.3][$0] }, natural: order.map { [0.6, 0.3, 0.1][$0] })
    plan.targetPrior = order.map { [0.5, 0.3, 0.2][$0] }
    plan.points = [
      .init("c2", .sensitivity(atLeast: 0.8)), .init("c1", .specificity(atLeast: 0.9)),
    ]
    plan.costs = order.map { truth in order.map { costs[truth][$0] } }
    plan.abstention = .coverage(atLeast: 0.7)
    plan.missRate = 0.2
    return plan
  }

  @Test(
    "classes in another order: the same decisions, flags, sets and abstentions", arguments: 1...6)
  func permutedClasses(seed: UInt64) throws {
    let (own, order) = (sample(seed), [2, 0, 1])
    let other = permuted(own, order)
    let (rule, turned) = (
      try plan([0, 1, 2]).choose(on: own), try plan(order).choose(on: other)
    )
    for row in 0..<own.count {
      let (a, b) = (rule.decide(own[row]), turned.decide(other[row]))
      #expect(order[b.decided] == a.decided && a.abstains == b.abstains, "row \(row)")
      #expect(b.flagged.map { order[$0] } == a.flagged)
      #expect(Set((b.set ?? []).map { order[$0] }) == Set(a.set ?? []))
    }
  }

  @Test("rows in another order: the same thresholds", arguments: 1...6)
  func permutedRows(seed: UInt64) throws {
    let own = sample(seed, groups: true)
    var random = RandomKey(seed: seed).folding("rows").source
    let other = own.selecting(random.shuffle(own.count))
    var plan = DecisionPlan()
    plan.points = [.init("c2", .sensitivity(atLeast: 0.8)), .init("c1", .workload(atMost: 0.4))]
    plan.missRate = 0.1
    plan.abstention = .risk(atMost: 0.25)
    let (one, two) = (try plan.choose(on: own), try plan.choose(on: other))
    #expect(one.operatingPoints.map(\.threshold) == two.operatingPoints.map(\.threshold))
    #expect(one.abstention?.threshold == two.abstention?.threshold)
    #expect(one.conformal?.thresholds == two.conformal?.thresholds)
    #expect(
      one.operatingPoints.map(\.validated.count) == two.operatingPoints.map(\.validated.count))
  }

  @Test("groups of other names change nothing", arguments: 1...4)
  func renamedGroups(seed: UInt64) throws {
    let own = sample(seed, groups: true)
    let renamed = LabelledProbabilities(
      classes: own.classes, truths: own.truths, probabilities: own.probabilities,
      groups: own.groups?.map { "patient " + String($0.reversed()) })
    var plan = DecisionPlan()
    plan.points = [.init("c0", .sensitivity(atLeast: 0.7))]
    plan.missRate = 0.1
    let (one, two) = (try plan.choose(on: own), try plan.choose(on: renamed))
    #expect(one.operatingPoints == two.operatingPoints && one.conformal == two.conformal)
  }

  @Test("predictions under a rule keep what is not of the rule")
  func appliedKeeps() throws {
    var predictions = try Predictions(
      classes: ["a", "b"], paths: ["x", "y", "z"], truths: [0, 1, nil],
      probabilities: [0.8, 0.2, 0.6, 0.4, 0.2, 0.8], columns: [.init("site", ["p", "q", "r"])])
    predictions.positive = PositiveClass(0, because: .named)
    predictions.areOrdered = true
    var rule = DecisionRule(classes: ["a", "b"])
    rule.costs = try CostMatrix([[0, 1], [9, 0]], classes: ["a", "b"])
    let applied = try rule.applied(to: predictions)
    #expect(applied.predicted == [1, 1, 1])
    #expect(applied.positive == predictions.positive && applied.areOrdered)
    #expect(applied.paths == predictions.paths && applied.truths == predictions.truths)
    #expect(applied.columns == predictions.columns)
    #expect(applied.probabilities == predictions.probabilities)
    // A report of them is of the same class, and has the metrics of order.
    #expect(MetricsReport(applied).positiveName == "a")
    #expect(MetricsReport(applied).areOrdered)
    #expect(
      throws: DecisionRuleError.otherClasses(rule: ["b", "a"], given: ["a", "b"])
    ) { try DecisionRule(classes: ["b", "a"]).applied(to: predictions) }
  }

  @Test("a rule of nothing decides as the model and changes no probability")
  func identity() throws {
    let own = sample(9)
    let rule = try DecisionPlan().choose(on: own)
    for row in 0..<own.count {
      let decision = rule.decide(own[row])
      #expect(decision.probabilities == Array(own[row]))
      #expect(decision.decided == decisions(own)[row] && decision.flagged == nil)
      if row > 20 { break }
    }
  }

  @Test("costs that grow alike, or by what the truth costs anyway, decide the same")
  func affineCosts() throws {
    let own = sample(11)
    func decided(_ costs: [[Double]]) throws -> [Int] {
      var rule = DecisionRule(classes: own.classes)
      rule.costs = try CostMatrix(costs, classes: own.classes)
      return (0..<own.count).map { rule.decide(own[$0]).decided }
    }
    let costs: [[Double]] = [[0, 1, 4], [2, 0, 1], [16, 8, 0]]
    let plain = try decided(costs)
    #expect(Set(plain).count == 3)
    // Powers of two change no bit.
    #expect(try decided(costs.map { $0.map { 4 * $0 } }) == plain)
    // What an example costs whatever is decided moves all decisions alike; rows with an equal choice aside.
    let moved = try decided(
      costs.enumerated().map { row in row.element.map { $0 + Double(row.offset) } })
    #expect(zip(moved, plain).count { $0 != $1 } == 0)
  }
}
