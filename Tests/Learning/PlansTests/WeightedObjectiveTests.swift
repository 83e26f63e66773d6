import Batches
import Losses
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// `--class-weights` of objectives of several heads, of two streams and of unlabelled rows.
@Suite struct WeightedObjectiveTests {
  private let logits = Tensor([1.0, 0, -1, 0.5, 0.5, 0, 2, -2, 1], shape: [3, 3])
  private let labels = [0, 1, 2]
  private let weights = [1.0, 2, 4]

  private func loss(_ objective: any Objective, _ batches: [Batch], progress: Double = 0)
    -> [Double]
  {
    var memory = Memory()
    return objective.terms(
      batches, through: ExpertObjectiveTests.Given(heads: [logits, logits * 0.5]),
      at: Moment(progress: progress, elapsed: 1), remembering: &memory
    ).terms.map { $0.rows.mean.item() }
  }

  private func expected(_ z: Tensor, _ weights: [Double], _ labels: [Int]) -> Double {
    let rows = CrossEntropy()(z, Target(labels)).values.scalars(as: Double.self)
    let own = labels.map { weights[$0] }
    return zip(rows, own).reduce(0) { $0 + $1.0 * $1.1 } / own.reduce(0, +)
  }

  private var batch: Batch { Batch(inputs: logits, target: Target(labels)) }

  @Test func experts() throws {
    let objective = try #require(
      Experts([("one", CrossEntropy()), ("two", CrossEntropy())]).weighted(by: weights))
    let found = loss(objective, [batch])
    #expect(
      difference(
        found, [expected(logits, weights, labels), expected(logits * 0.5, weights, labels)],
        relative: 1e-6) == nil)
    #expect(
      Experts([("one", CrossEntropy()), ("two", SquaredError())]).weighted(by: weights) == nil)
  }

  /// Of rows that engage an expert the mean is over their weights.
  @Test func engagedExperts() throws {
    var objective = Experts([("one", CrossEntropy()), ("two", CrossEntropy())])
    objective.engagement = 0
    let plain = try #require(
      Experts([("one", CrossEntropy()), ("two", CrossEntropy())]).weighted(by: weights))
    let engaged = try #require(objective.weighted(by: weights))
    #expect(difference(loss(engaged, [batch]), loss(plain, [batch]), relative: 1e-6) == nil)
  }

  /// At α = ½ of two streams each label counts by its class and its part.
  @Test func bilateral() throws {
    struct Joined: Pass {
      let logits: Tensor
      func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] {
        [logits, logits]
      }
      func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] { [logits] }
      func answer(_ heads: [Tensor]) -> Tensor { heads[0] }
      func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { value.gradient(at: inputs) }
    }
    let objective = try #require(Bilateral().weighted(by: weights))
    var memory = Memory()
    let other = [2, 0, 1]
    let found = objective.terms(
      [batch, Batch(inputs: logits, target: Target(other))], through: Joined(logits: logits),
      at: Moment(progress: 0.5.squareRoot()), remembering: &memory
    ).total.item()
    func sums(_ labels: [Int]) -> (loss: Double, mass: Double) {
      let mass = labels.map { weights[$0] }.reduce(0, +)
      return (expected(logits, weights, labels) * mass, mass)
    }
    let (a, b) = (sums(labels), sums(other))
    #expect(close(found, (a.loss + b.loss) / (a.mass + b.mass), relative: 1e-6))
  }

  /// Labelled rows are weighted; what is said of unlabelled ones is not.
  @Test func semiSupervised() throws {
    let two = logits.narrowed(dim: 0, start: 0, length: 2)
    let unknown = Batch(inputs: two, target: Target(unknown: 2))
    for plain: any SemiSupervised in [PseudoLabelling(threshold: 0.3), Consistency()] {
      func terms(_ objective: any Objective) -> [Double] {
        var memory = Memory()
        return objective.terms(
          [batch, unknown, unknown], through: SemiSupervisedTests.Given(),
          at: Moment(elapsed: 1), remembering: &memory
        ).terms.map { $0.rows.mean.item() }
      }
      let weighted = try #require(plain.weighted(by: weights))
      let (before, after) = (terms(plain), terms(weighted))
      #expect(before[1] == after[1] && before[0] != after[0])
    }
    let squared = PseudoLabelling(Supervised(SquaredError()))
    #expect(squared.weighted(by: weights) == nil)
  }

  /// Weights that begin to hold late: before, the loss is the plain one, and then the weighted one, on the last digit of .8
  /// too.
  @Test func fromAPartOfTheStage() throws {
    let late = try #require(Supervised().weighted(by: weights, from: 0.8))
    let early = try #require(Supervised().weighted(by: weights))
    func value(_ objective: any Objective, _ elapsed: Double) -> Double {
      var memory = Memory()
      return objective.terms(
        [batch], through: IdentityPass(), at: Moment(elapsed: elapsed), remembering: &memory
      ).total.item()
    }
    #expect(value(late, 0.79) == value(Supervised(), 0.79))
    #expect(value(late, 0.8 - 1e-12) == value(early, 0.5) && value(late, 0) != value(early, 0))
    #expect(late.emphasis(at: Moment())?.weights == nil)
    #expect(late.emphasis(at: Moment(elapsed: 0.9))?.weights == weights)
  }

  /// Where no step is taken there is no loss to weigh.
  @Test func fittedHeads() {
    #expect(
      Stage(fitting: FittedHead(.logistic(LogisticRegression(c: 1)))).weighted(by: weights) == nil)
  }
}
