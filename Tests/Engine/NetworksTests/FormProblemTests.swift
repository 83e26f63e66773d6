import Foundation
import Networks
import Testing
import Torch

/// What is said of forms and tunings that cannot be; anyone may have written them.
@Suite("Problems of forms")
struct FormProblemTests {
  private static let neighbours = HeadForm.neighbours(
    5, of: 10, temperature: 0.07, isBalanced: false)

  @Test(arguments: [
    (NetworkForm(projection: 0), "expected a projection to 1 to 65536 numbers, got 0"),
    (NetworkForm(predicts: true), "expected a projection for its predictor"),
    (
      NetworkForm(head: .cosine(scale: .infinity)),
      "expected a cosine head with a scale above 0, got inf"
    ),
    (
      NetworkForm(head: .decoder(side: 16), decoding: .corn),
      "expected no decoding of a decoder's errors, got corn"
    ),
    (
      NetworkForm(head: .neighbours(11, of: 10, temperature: 1, isBalanced: true)),
      "expected 1 to 100000000 training rows and as many neighbours at most, got 10 and 11"
    ),
    (
      NetworkForm(head: .neighbours(1, of: 0, temperature: 1, isBalanced: true)),
      "expected 1 to 100000000 training rows and as many neighbours at most, got 0 and 1"
    ),
    (
      NetworkForm(head: .neighbours(1, of: 1, temperature: 0, isBalanced: true)),
      "expected neighbours with a temperature above 0, got 0.0"
    ),
    (
      NetworkForm(head: neighbours, decoding: .sigmoid),
      "expected no decoding of neighbours, got sigmoid"
    ),
    (NetworkForm(head: .trees(bytes: 0)), "expected trees of 1 to 2000000000 bytes, got 0"),
    (
      NetworkForm(head: .trees(bytes: 9), decoding: .number),
      "expected no decoding of trees, got number"
    ),
    (
      NetworkForm(head: .boosters(bytes: -1), decoding: .labels),
      "expected boosters of 1 to 2000000000 bytes, got -1"
    ),
    (
      NetworkForm(head: .boosters(bytes: 9)),
      "expected the decoding labels, cumulative, corn or value of boosters, got softmax"
    ),
    (
      NetworkForm(branches: 2, readout: .weighted([0.5, .nan])),
      "expected a weight for each of 2 heads, got [0.5, nan]"
    ),
    (
      NetworkForm(branches: 2, joinsFeatures: true, readout: .weighted([0.5, 0.5])),
      "expected a weight for each of 1 heads, got [0.5, 0.5]"
    ),
    (
      NetworkForm(adapter: Adapter(.lora, rank: 4, alpha: -1)),
      "expected an alpha of at least 0, got -1.0"
    ),
    (
      NetworkForm(adapter: Adapter(.adaptFormer, rank: 4, alpha: 2)),
      "expected no alpha for adaptformer"
    ),
  ])
  func saysWhatIsWrong(form: NetworkForm, problem: String) {
    #expect(form.problem == problem)
    #expect(form.problem(for: 3) == problem)
  }

  /// Every kind of head comes back from a file as it was.
  @Test(arguments: [
    HeadForm.linear, .cosine(scale: 2.5), .mixed(scale: 3), .scaled, .aligned, .decoder(side: 32),
    neighbours, .trees(bytes: 12), .boosters(bytes: 13), .thresholds, .custom("mine"),
  ])
  func headsComeBack(head: HeadForm) throws {
    let form = NetworkForm(
      head: head, branches: 2, joinsFeatures: true, readout: .weighted([1]), division: .heads,
      projection: 16, predicts: true, projectsCentres: true, pooling: .mean, decoding: .cumulative,
      adapter: Adapter(.lora, rank: 2, alpha: 0.5), routes: true)
    #expect(try JSONDecoder().decode(NetworkForm.self, from: JSONEncoder().encode(form)) == form)
  }

  /// A form that says only what the first ones said has all else as a plain classifier has it.
  @Test func oldForms() throws {
    let text = #"{"head":{"linear":{}},"branches":1,"joinsFeatures":false,"readout":{"mean":{}}}"#
    let read = try JSONDecoder().decode(NetworkForm.self, from: Data(text.utf8))
    #expect(read == NetworkForm())
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(NetworkForm.self, from: Data(#"{"branches":1}"#.utf8))
    }
  }

  /// Blocks from 1 to what there are.
  @Test func blocksThatCanBeTuned() throws {
    let resnet = try Architectures.named("resnet20")
    #expect(resnet.problem(of: .blocks(1)) == nil && resnet.problem(of: .blocks(9)) == nil)
    #expect(resnet.problem(of: .blocks(10)) == "expected at most 9 blocks of resnet20, got 10")
    #expect(resnet.problem(of: .blocks(0)) == "expected at least 1 block of resnet20, got 0")
  }

  /// Any adapter that a file names can be put into words.
  @Test func wordsOfAnyAlpha() {
    #expect("\(Tuning.adapter(Adapter(.lora, rank: 2, alpha: 1e300)))" == "lora:2:1e+300")
    #expect("\(Tuning.adapter(Adapter(.lora, rank: 2, alpha: 0.5)))" == "lora:2:0.5")
    #expect(Tuning("lora:2:0.5") == .adapter(Adapter(.lora, rank: 2, alpha: 0.5)))
    #expect(Tuning("lora:2:1e300") == nil)
  }

  /// α / r; r without an α, and nothing at rank 0.
  @Test func factors() {
    #expect(Adapter(.lora, rank: 4, alpha: 6).factor == 1.5)
    #expect(Adapter(.lora, rank: 4).factor == 1 && Adapter(.lora, rank: 0, alpha: 6).factor == 0)
    #expect(Adapter.width(classes: 0, blocks: 0) == 1 && Adapter.width(classes: 8, blocks: 0) == 4)
  }
}
