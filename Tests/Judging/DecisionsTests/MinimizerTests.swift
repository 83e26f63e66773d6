import Decisions
import Foundation
import Randomness
import TestSupport
import Testing

@Suite("Minimiser")
struct MinimizerTests {
  @Test("finds the minimum of an ill-conditioned quadratic")
  func quadratic() {
    let scales = (0..<12).map { pow(10, Double($0) / 3) }
    let minimum = minimize(from: [Double](repeating: 0, count: 12), tolerance: 1e-9) {
      point, gradient in
      var value = 0.0
      for i in point.indices {
        let excess = point[i] - Double(i)
        value += 0.5 * scales[i] * excess * excess
        gradient[i] = scales[i] * excess
      }
      return value
    }
    #expect(difference(minimum.point, (0..<12).map(Double.init), absolute: 1e-8) == nil)
    #expect(minimum.gradient <= 1e-9)
  }

  @Test("goes round Rosenbrock's bend")
  func rosenbrock() {
    let minimum = minimize(from: [-1.2, 1], tolerance: 1e-8) { p, gradient in
      let (a, b) = (1 - p[0], p[1] - p[0] * p[0])
      gradient = [-2 * a - 400 * p[0] * b, 200 * b]
      return a * a + 100 * b * b
    }
    #expect(difference(minimum.point, [1, 1], absolute: 1e-6) == nil)
    #expect(minimum.iterations < 100)
  }

  @Test("stays where it is at a minimum, and stops at its limit")
  func limits() {
    let still = minimize(from: [2]) { point, gradient in
      gradient[0] = 0
      return 7
    }
    #expect(still.point == [2] && still.value == 7 && still.iterations == 0)
    let endless = minimize(from: [0], limit: 5) { point, gradient in
      gradient[0] = -exp(-point[0])
      return exp(-point[0])
    }
    #expect(endless.iterations == 5)
  }

  @Test("the objectives' gradients are central differences")
  func gradients() throws {
    var random = RandomKey(seed: 3).source
    let sample = GaussianClasses(prior: [0.5, 0.3, 0.2], apart: 1).sample(40, using: &random)
    let correction = try PriorCorrection(
      from: [0.4, 0.3, 0.3], to: [0.8, 0.1, 0.1], classes: sample.classes)
    let vector = VectorScaling.Objective(sample, before: correction, ridge: 0.1)
    let dirichlet = DirichletCalibration.Objective(
      sample, before: correction, .init(offDiagonal: 0.7, intercept: 0.3))
    for _ in 0..<5 {
      let small = (0..<6).map { _ in random.normal() }
      var gradient = [Double](repeating: 0, count: 6)
      _ = vector(small, &gradient)
      #expect(
        gradientDifference(at: small, gradient: gradient) { point in
          var ignored = gradient
          return vector(point, &ignored)
        } == nil)
      let large = (0..<12).map { _ in random.normal() }
      gradient = [Double](repeating: 0, count: 12)
      _ = dirichlet(large, &gradient)
      #expect(
        gradientDifference(at: large, gradient: gradient) { point in
          var ignored = gradient
          return dirichlet(point, &ignored)
        } == nil)
    }
  }
}
