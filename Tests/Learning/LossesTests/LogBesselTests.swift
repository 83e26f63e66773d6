import Foundation
import Losses
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// The Bessel function of von Mises and Fisher, against mpmath and at its ends.
@Suite struct LogBesselTests {
  struct Case: Decodable { var order: Double, concentrations: [Double], values: [Double] }

  @Test func agreesWithFiftyDigits() throws {
    for golden in try Golden.load("Losses/bessel.json", as: [Case].self) {
      let squares = Tensor(golden.concentrations.map { $0 * $0 }, shape: [golden.values.count])
      let found = LogBessel.scaled(squares, order: golden.order).scalars(as: Double.self)
      #expect(
        difference(found, golden.values, relative: 1e-11, absolute: 1e-10) == nil,
        "\(golden.order)")
    }
  }

  /// sinh(κ) / κ on the sphere in three dimensions, but for √(2/π).
  @Test func orderOfOneHalf() {
    for κ in [1e-6, 0.3, 2, 40.0] {
      let expected = log(sinh(κ) / κ) + 0.5 * log(2 / Double.pi)
      #expect(
        close(
          LogBessel.scaled(Tensor([κ * κ], shape: [1]), order: 0.5).item(), expected, absolute: 1e-9
        ))
    }
  }

  /// The slope in κ is I_{ν+1}/I_ν, below 1: at 0 it is 0, and finite differences agree from 0 on.
  @Test(arguments: [0, 1, 31, 63, 200.0])
  func gradients(order: Double) {
    let squares = Tensor([0.5, 4, 90, 1e4], shape: [4])
    #expect(
      gradientDifference(at: [squares], absolute: 1e-7) { LogBessel.scaled($0[0], order: order) }
        == nil)
    let zero = Tensor([0.0], shape: [1]).requiringGrad()
    let slope = LogBessel.scaled(zero, order: order).sum().gradient(at: zero).item()
    // Of I_ν ~ (κ/2)^ν / Γ(ν+1) · (1 + κ²/(4(ν+1))).
    #expect(close(slope, 1 / (4 * (order + 1)), relative: 1e-6))
  }
}
