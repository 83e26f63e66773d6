import Foundation
import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch

/// Centres of classes in the space of a projection, and readouts that weigh evidence.
@Suite struct CentreTests {
  private func network(_ form: NetworkForm, seed: UInt64 = 1) throws -> Network {
    try Architectures.named("resnet20").build(classes: 4, form: form, using: Generator(seed: seed))
  }

  /// Layers of their own over the rows of the head; everything else begins as without them.
  @Test func centresAreTheProjectedRowsOfTheHead() throws {
    let plain = try network(NetworkForm(projection: 7))
    let network = try network(NetworkForm(projection: 7, projectsCentres: true))
    #expect(network.form.projectsCentres && !plain.form.projectsCentres)
    for (name, tensor) in plain.stateDict {
      #expect(tensor.scalars(as: Float.self) == network.stateDict[name]?.scalars(as: Float.self))
    }
    let own = Array(network.stateDict.keys).filter { plain.stateDict[$0] == nil }
    #expect(
      own == ["0.weight", "0.bias", "2.weight", "2.bias"].map { "projection.centres." + $0 })
    #expect(Set(own).isSubset(of: Set(network.projectionNames)))
    func tensor(_ name: String) throws -> Tensor { try #require(network.stateDict[name]) }
    let rows = try tensor("linear.weight")
    let hidden = rows.linear(
      try tensor("projection.centres.0.weight"), try tensor("projection.centres.0.bias")
    ).relu()
    let expected = hidden.linear(
      try tensor("projection.centres.2.weight"), try tensor("projection.centres.2.bias"))
    let found = network.centres(Context())
    #expect(found.shape == [4, 7])
    #expect(found.scalars(as: Float.self) == expected.scalars(as: Float.self))
    // The contrast reaches the head.
    found.square().sum().backward()
    #expect(rows.grad != nil)
    #expect(!network.withoutProjection().form.projectsCentres)
  }

  @Test func rowsOfHeadsOfEveryKind() throws {
    for head: HeadForm in [.linear, .scaled, .cosine(scale: 3), .mixed(scale: 3)] {
      for branches in [1, 2] {
        let network = try network(
          NetworkForm(head: head, branches: branches, projection: 5, projectsCentres: true))
        #expect(network.centres(Context()).shape == [4, 5])
      }
    }
    let joined = NetworkForm(
      branches: 2, joinsFeatures: true, projection: 5, projectsCentres: true)
    #expect(try network(joined).centres(Context()).shape == [4, 5])
  }

  @Test(arguments: [
    NetworkForm(projection: 7, projectsCentres: true),
    NetworkForm(branches: 3, readout: .evidential(sharpness: 0.2, threshold: 0.54)),
  ])
  func formsAreReadBack(form: NetworkForm) throws {
    let text = try JSONEncoder().encode(form)
    #expect(try JSONDecoder().decode(NetworkForm.self, from: text) == form)
    #expect(form.problem == nil)
    #expect(try network(form).form == form)
  }

  @Test(arguments: [
    (NetworkForm(projectsCentres: true), "expected a projection for its centres"),
    (
      NetworkForm(branches: 2, readout: .evidential(sharpness: 0, threshold: 0.5)),
      "expected η above 0 and τ in 0..<1, got 0.0 and 0.5"
    ),
    (
      NetworkForm(branches: 2, readout: .evidential(sharpness: 0.2, threshold: 1)),
      "expected η above 0 and τ in 0..<1, got 0.2 and 1.0"
    ),
  ])
  func formsThatCannotBe(form: NetworkForm, problem: String) { #expect(form.problem == problem) }

  /// A plain form is written as it was before centres could be had.
  @Test func aPlainFormSaysNothingOfCentres() throws {
    let text = String(decoding: try JSONEncoder().encode(NetworkForm(projection: 3)), as: UTF8.self)
    #expect(!text.contains("entres"))
  }

  /// Two equal experts: the answer is theirs.
  @Test func equalExpertsAnswerAsOne() {
    let z = Tensor.normal([5, 4], using: Generator(seed: 1)) * 3
    let answer = Readout.evidential(sharpness: 0.2, threshold: 0.54)([z, z])
    #expect(answer.dtype == .float32)
    #expect(
      difference(
        answer.scalars(as: Double.self), z.scalars(as: Double.self), relative: 1e-5, absolute: 1e-6)
        == nil)
  }
}
