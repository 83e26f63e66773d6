import Batches
import Foundation
import Losses
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// Pseudo-labels without what is said on the whole, by hand.
@Suite struct DebiasingTests {
  private let classes: ClassCounts

  init() throws { classes = try ClassCounts([8, 2, 1]) }

  private func softmax(_ z: [Double]) -> [Double] {
    let e = z.map(exp)
    return e.map { $0 / e.reduce(0, +) }
  }

  private func step(
    _ objective: PseudoLabelling, _ memory: inout Memory, weak: [Double], strong: [Double]
  ) -> [Double] {
    let batches = [
      Batch(inputs: Tensor([0.0, 0, 0], shape: [1, 3]), target: Target([0])),
      Batch(inputs: Tensor(weak, shape: [1, 3]), target: Target(unknown: 1)),
      Batch(inputs: Tensor(strong, shape: [1, 3]), target: Target(unknown: 1)),
    ]
    return objective.terms(
      batches, through: SemiSupervisedTests.Given(), at: Moment(), remembering: &memory
    ).terms[1].rows.values.scalars()
  }

  /// q̂ as it was takes off the weak view, q̂ as it is now stands with the strong one.
  @Test func twoStepsByHand() {
    let objective = PseudoLabelling(
      threshold: 0.5, debiasing: Debiasing(strength: 0.8, decay: 0.6))
    var memory = objective.memory(for: classes)
    var said = [Double](repeating: 1.0 / 3, count: 3)
    for (weak, strong) in [([3.0, 1, 0], [1.0, 0.5, 0]), ([1.6, 1.4, 0], [0.2, 0, 0.1])] {
      let bare = zip(weak, said).map { $0 - 0.8 * log($1) }
      let p = softmax(bare)
      let label = p.firstIndex(of: p.max() ?? 0) ?? 0
      said = zip(said, softmax(weak)).map { 0.6 * $0 + 0.4 * $1 }
      let q = softmax(zip(strong, said).map { $0 + 0.8 * log($1) })
      let expected = (p.max() ?? 0) >= 0.5 ? -log(q[label]) : 0
      let found = step(objective, &memory, weak: weak, strong: strong)
      #expect(close(found[0], expected, relative: 1e-9), "\(label)")
      #expect(
        difference(
          memory["debiasing.answers"].scalars(as: Double.self), said, relative: 1e-12) == nil)
    }
    // In the second step the label went from the class that is said most to the next.
    #expect(said[0] > said[1])
  }

  /// λ = 0 is FixMatch, whatever was said.
  @Test func withoutStrengthItIsFixMatch() {
    let plain = PseudoLabelling(threshold: 0.4)
    let none = PseudoLabelling(threshold: 0.4, debiasing: Debiasing(strength: 0, decay: 0.5))
    var (nothing, memory) = (plain.memory(for: classes), none.memory(for: classes))
    #expect(nothing.isEmpty && memory.names == ["debiasing.answers"])
    for weak in [[3.0, 1, 0], [0, 2, 1.9]] {
      let one = step(plain, &nothing, weak: weak, strong: [0.3, 0.1, 0])
      let other = step(none, &memory, weak: weak, strong: [0.3, 0.1, 0])
      #expect(difference(one, other, relative: 1e-12) == nil)
    }
  }

  /// A class that is always said loses the doubtful cases to one that is seldom said.
  @Test func doubtfulCasesGoToWhatIsSeldomSaid() {
    let objective = PseudoLabelling(threshold: 0, debiasing: Debiasing(strength: 1, decay: 0.9))
    var memory = objective.memory(for: classes)
    for _ in 0..<40 { _ = step(objective, &memory, weak: [6, 0, 0], strong: [0, 0, 0]) }
    let said = memory["debiasing.answers"].scalars(as: Double.self)
    #expect(said[0] > 0.9)
    // Doubt between the first and the second: the second is the label, so the strong view must say the second.
    let towards = step(objective, &memory, weak: [1, 0.5, -9], strong: [0, 5, 0])
    let away = step(objective, &memory, weak: [1, 0.5, -9], strong: [5, 0, 0])
    #expect(towards[0] < away[0])
  }
}
