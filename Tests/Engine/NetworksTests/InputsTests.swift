import Networks
import TestSupport
import Testing
import Torch

@Suite struct InputsTests {
  /// Two series of 2 and 3 steps, and one of 1 and 4.
  private let short = Inputs(
    Tensor([1, 2, 0, 3, 4, 5] as [Float], shape: [2, 1, 3]), lengths: [2, 3])
  private let long = Inputs(
    Tensor([8, 0, 0, 0, 10, 20, 30, 40] as [Float], shape: [2, 1, 4]), lengths: [1, 4])

  private func numbers(_ inputs: Inputs) -> [Float] { inputs.values.scalars(as: Float.self) }

  /// By hand: beyond its end the shorter counts as zero, and the blend is as long as the longer.
  @Test func blendsOfUnequalLengthAreAsLongAsTheLonger() {
    let mixed = short.blended(with: long, weight: 0.25)
    #expect(mixed.values.shape == [2, 1, 4])
    #expect(numbers(mixed) == [2.75, 1.5, 0, 0, 4.75, 8, 11.25, 10])
    #expect(mixed.lengths == [2, 4])
  }

  /// λ = 0 and λ = 1 are the one and the other, lengths included.
  @Test func theEndsAreTheOneAndTheOther() {
    let (first, second) = (
      short.blended(with: long, weight: 0), short.blended(with: long, weight: 1)
    )
    #expect(numbers(first) == [1, 2, 0, 0, 3, 4, 5, 0])
    #expect(first.lengths == [2, 3])
    #expect(numbers(second) == numbers(long))
    #expect(second.lengths == [1, 4])
  }

  /// What is blended is left alone, and so is a blend by the other.
  @Test func blendingLeavesBothAlone() {
    let before = (numbers(short), numbers(long))
    _ = short.blended(with: long, weight: 0.5)
    #expect(before == (numbers(short), numbers(long)))
  }

  @Test func concatenationPadsToTheLongest() {
    let all = Inputs.concatenated([short, long])
    #expect(all.values.shape == [4, 1, 4])
    #expect(numbers(all) == [1, 2, 0, 0, 3, 4, 5, 0, 8, 0, 0, 0, 10, 20, 30, 40])
    #expect(all.lengths == [2, 3, 1, 4])
    #expect(all.steps.computed == 16 && all.steps.valid == 10)
  }

  @Test func rowsKeepTheirLengthsInAnotherOrder() {
    let turned = long.reordered([1, 0, 1])
    #expect(turned.lengths == [4, 1, 4])
    #expect(numbers(turned) == [10, 20, 30, 40, 8, 0, 0, 0, 10, 20, 30, 40])
  }

  /// Tensors by name go the way of the rows.
  @Test func othersGoAlong() {
    func inputs(_ ages: [Float]) -> Inputs {
      Inputs(
        Tensor.zeros([2, 3]), others: ["age": Tensor(ages, shape: [2, 1])])
    }
    let mixed = inputs([10, 20]).blended(with: inputs([30, 60]), weight: 0.5)
    #expect(mixed.others["age"]?.scalars(as: Float.self) == [20, 40])
    #expect(
      inputs([10, 20]).reordered([1, 0]).others["age"]?.scalars(as: Float.self) == [20, 10])
    let all = Inputs.concatenated([inputs([1, 2]), inputs([3, 4])])
    #expect(all.others["age"]?.scalars(as: Float.self) == [1, 2, 3, 4])
  }

  /// A layer finds in its context what the batch holds beside its main tensor: a network of two inputs, by hand.
  @Test func aLayerFindsThemInItsContext() {
    struct Aged: Backbone {
      let featureCount = 3
      func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
        let scaled = context.others["age"].map { x * $0 } ?? x
        return context.lengths.map { scaled + $0.to(.float32).reshaped([2, 1]) } ?? scaled
      }
    }
    let head = HeadStyle(name: "head").head(
      .linear, features: 3, classes: 2, using: Initializer(generator: Generator(seed: 0)))
    let network = Network(name: "aged", branches: [Aged()], heads: [head])
    let values = Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    func features(_ inputs: Inputs) -> [Float] {
      network.features(inputs, Context())[0].scalars(as: Float.self)
    }
    #expect(features(Inputs(values)) == [1, 2, 3, 4, 5, 6])
    let age = Tensor([10, 100] as [Float], shape: [2, 1])
    #expect(features(Inputs(values, others: ["age": age])) == [10, 20, 30, 400, 500, 600])
    #expect(
      features(Inputs(values, lengths: [1, 3], others: ["age": age])) == [
        11, 21, 31, 403, 503, 603,
      ]
    )
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = Inputs(Tensor.zeros([2, 1, 3]), lengths: [0, 3])
    }
    await #expect(processExitsWith: .failure) {
      _ = Inputs(Tensor.zeros([2, 1, 3]), lengths: [4, 3])
    }
    await #expect(processExitsWith: .failure) {
      _ = Inputs(Tensor.zeros([2, 3]), others: ["age": Tensor.zeros([3, 1])])
    }
    await #expect(processExitsWith: .failure) {
      _ = Inputs(Tensor.zeros([2, 3])).blended(with: Inputs(Tensor.zeros([2, 4])), weight: 0.5)
    }
  }
}
