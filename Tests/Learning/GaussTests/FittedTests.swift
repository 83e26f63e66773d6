import Gauss
import Methods
import Networks
import Plans
import Sampling
import Sessions
import Testing
import Torch

/// Heads that are fitted to the rows, and why the others are not on the page.
@Suite struct FittedTests {
  /// Class means by plain sums, and the decision by cosine, without a network.
  @Test func classMeansAreThoseOfTheRows() throws {
    let trial = try GaussTrial(ClassMeans(), seed: 1000)
    let (data, width) = (trial.data, LTGauss.features)
    let (train, test) = (data.train.scalars(as: Float.self), data.test.scalars(as: Float.self))
    var means = [[Double]](repeating: [Double](repeating: 0, count: width), count: 10)
    for (row, label) in data.trainLabels.enumerated() {
      for place in 0..<width { means[label][place] += Double(train[row * width + place]) }
    }
    for label in 0..<10 {
      let length = means[label].reduce(0) { $0 + $1 * $1 }.squareRoot()
      for place in 0..<width { means[label][place] /= length }
    }
    let decided = data.testLabels.indices.map { row in
      let products = means.map { mean in
        (0..<width).reduce(0.0) { $0 + mean[$1] * Double(test[row * width + $1]) }
      }
      return products.indices.max { products[$0] < products[$1] } ?? 0
    }
    let expected = GaussScore(decided: decided, labels: data.testLabels)
    // A row that lies between two means may fall to either side in float32.
    #expect(abs(trial.score.all - expected.all) < 0.2, "\(trial.score), \(expected)")
    #expect(abs(trial.score.tail - expected.tail) < 0.5, "\(trial.score), \(expected)")
  }

  /// A mean counts a class of five rows as one of five hundred; a regression on the data as they come does not.
  @Test func meansAndBalancedFitsServeRareClasses() throws {
    func tail(_ method: any Method) throws -> Double {
      try (200..<203).map { try GaussTrial(method, seed: $0).score.tail }.reduce(0, +) / 3
    }
    let plain = try tail(LogisticProbe())
    #expect(try tail(ClassMeans()) > plain + 15)
    #expect(try tail(EasyEnsemble()) > plain + 8)
  }

  @Test func nothingIsTrainedOfAFit() throws {
    let short = try GaussTrial(LogisticProbe(), seed: 3, epochs: 1)
    let long = try GaussTrial(LogisticProbe(), seed: 3, epochs: 30)
    #expect(short.score == long.score)
    #expect(short.session.network.name == "linear")
  }

  /// Every method is on the page, or there is a reason why it is not.
  @Test func whoHasNoPlaceHasAReason() throws {
    var reasons: [String: [String]] = [:]
    for method in catalogue {
      let reason = GaussTrial.reason(against: method.init())
      #expect(GaussTrial.suits(method.init()) == (reason == nil))
      if let reason { reasons[reason, default: []].append(method.name) }
    }
    #expect(
      reasons == [
        "its classes are grades in their order": ["corn", "coral", "proportional-odds", "presto"],
        "it learns numbers, or grades as numbers": [
          "squared-error", "density-weighted", "balanced-mse",
        ],
        "it draws its images again, pixel by pixel": ["ssim-autoencoder"],
        "it cuts parts out of images and pastes them into others": ["cutmix", "cmo", "glmc"],
        "it adapts a network that was trained on images before": ["lift"],
      ])
  }
}
