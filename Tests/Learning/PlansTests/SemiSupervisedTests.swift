import Batches
import Foundation
import Losses
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// Unlabelled rows: what counts, what does not, and where gradients go.
@Suite struct SemiSupervisedTests {
  /// A pass whose inputs are logits, with a teacher that says something else.
  struct Given: Pass {
    var taught: [Double] = []
    func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] { [inputs.values] }
    func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] { features }
    func answer(_ heads: [Tensor]) -> Tensor {
      taught.isEmpty ? heads[0] : Tensor(taught, shape: heads[0].shape)
    }
    func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { value.gradient(at: inputs) }
    var teacher: (any Pass)? { Given(taught: [0, 1, 0, 2, 0, 0]) }
  }

  private func batch(_ logits: [Double], _ labels: [Int]?) -> Batch {
    let rows = logits.count / 3
    return Batch(
      inputs: Tensor(logits, shape: [rows, 3]),
      target: labels.map { Target($0) } ?? Target(unknown: rows))
  }

  private func softmax(_ z: [Double]) -> [Double] {
    let e = z.map(exp)
    return e.map { $0 / e.reduce(0, +) }
  }

  private func terms(_ objective: any Objective, _ batches: [Batch], elapsed: Double = 1) -> Terms {
    var memory = Memory()
    return objective.terms(
      batches, through: Given(), at: Moment(elapsed: elapsed), remembering: &memory)
  }

  /// Of two unlabelled rows the network is sure of one: that one counts, both are divided by.
  @Test func onlyWhatIsSureCounts() {
    let (weak, strong) = ([5.0, 0, 0, 0.4, 0, 0], [0.0, 1, 0, 3, 0, 0])
    let objective = PseudoLabelling(threshold: 0.95, weight: 2)
    let found = terms(
      objective, [batch([1, 0, 0], [0]), batch(weak, nil), batch(strong, nil)])
    let expected = [-2 * log(softmax([0, 1, 0])[0]), 0]
    #expect(
      difference(found.terms[1].rows.values.scalars(as: Double.self), expected, relative: 1e-12)
        == nil)
    #expect(found.terms[1].rows.denominator == 2)
    #expect(close(found.terms[0].rows.mean.item(), -log(softmax([1, 0, 0])[0])))
    // The threshold itself is sure enough.
    let exact = PseudoLabelling(threshold: softmax([0.4, 0, 0])[0] - 1e-15)
    #expect(
      exact.values(
        weak: Tensor([0.4, 0, 0], shape: [1, 3]), strong: Tensor([0.0, 0, 0], shape: [1, 3])
      )
      .values.item() > 0)
  }

  /// The weak view is a label: no gradient comes back through it.
  @Test func gradientsReachTheStrongViewAlone() {
    let weak = Tensor([5.0, 0, 0], shape: [1, 3]).requiringGrad()
    let strong = Tensor([0.0, 1, 0], shape: [1, 3]).requiringGrad()
    let rows = PseudoLabelling().values(weak: weak, strong: strong)
    rows.mean.backward()
    #expect(weak.grad == nil)
    let p = softmax([0, 1, 0])
    let found = strong.grad?.scalars(as: Double.self) ?? []
    #expect(difference(found, [p[0] - 1, p[1], p[2]], relative: 1e-9) == nil)
  }

  /// What is reported has labels only: no unlabelled row is in any tally.
  @Test func theBatchReportedIsTheLabelledOne() {
    for objective: any Objective in [PseudoLabelling(), Consistency()] {
      let found = terms(
        objective,
        [
          batch([1, 0, 0, 0, 0, 1], [0, 2]), batch([5, 0, 0, 0, 5, 0], nil),
          batch([5, 0, 0, 0, 5, 0], nil),
        ])
      #expect(found.batch.count == 2 && found.batch.target.massPerClass(3) == [1, 0, 1])
    }
    #expect(Target(unknown: 4).massPerClass(3) == [0, 0, 0])
    #expect(Target(unknown: 4).dense(classes: 3).sum().item() == 0)
    #expect(Target(unknown: 4).reordered([1, 0, 3, 2]).count == 4)
  }

  /// The mean square distance of the two answers, times the weight and its course.
  @Test func consistencyIsTheDistanceToTheTeacher() {
    let own = [1.0, 0, 0, 0, 2, 0]
    let objective = Consistency(weight: 100, rampUp: 0.5)
    for elapsed in [0, 0.25, 0.5, 0.9] {
      let found = terms(
        objective, [batch([1, 0, 0], [0]), batch(own, nil), batch([9, 9, 9, 9, 9, 9], nil)],
        elapsed: elapsed)
      let ramp = exp(-5 * pow(1 - min(elapsed / 0.5, 1), 2))
      let expected = [([1.0, 0, 0], [0.0, 1, 0]), ([0.0, 2, 0], [2.0, 0, 0])].map {
        student, teacher in
        100 * ramp / 3
          * zip(softmax(student), softmax(teacher)).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
      }
      #expect(
        difference(found.terms[1].rows.values.scalars(as: Double.self), expected, relative: 1e-12)
          == nil)
    }
    #expect(Consistency(rampUp: 0).ramp(at: 0) == 1)
    #expect(close(Consistency().ramp(at: 0), exp(-5)))
  }

  @Test func aStageWithoutATeacherTraps() async {
    await #expect(processExitsWith: .failure) {
      struct Alone: Pass {
        func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] {
          [inputs.values]
        }
        func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] { features }
        func answer(_ heads: [Tensor]) -> Tensor { heads[0] }
        func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { inputs }
      }
      let batch = Batch(inputs: Tensor.ones([1, 3]), target: Target([0]))
      var memory = Memory()
      _ = Consistency().terms(
        [batch, batch, batch], through: Alone(), at: Moment(), remembering: &memory)
    }
  }
}
