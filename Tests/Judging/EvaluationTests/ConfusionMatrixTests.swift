import Evaluation
import Testing

@Suite("Confusion matrix")
struct ConfusionMatrixTests {
  /// EyePACS test results of two published runs, with their printed percentages
  /// (quadratic kappa, Matthews, macro-F1, balanced accuracy, accuracy).
  static let published: [(rows: [[Int]], percent: [Double])] = [
    (
      [
        [38672, 245, 568, 2, 46], [2632, 567, 561, 0, 2], [2017, 277, 5346, 149, 72],
        [55, 1, 817, 301, 40], [96, 1, 346, 98, 665],
      ], [78.87, 61.70, 57.03, 52.17, 85.02]
    ),
    (
      [
        [33241, 4632, 1121, 45, 494], [1612, 1587, 510, 15, 38], [1148, 1048, 4323, 941, 401],
        [21, 17, 317, 750, 109], [23, 16, 127, 247, 793],
      ], [72.84, 50.07, 55.23, 61.76, 75.96]
    ),
  ]

  @Test("published matrices give the published numbers", arguments: published)
  func publishedNumbers(rows: [[Int]], percent: [Double]) {
    let confusion = ConfusionMatrix(rows: rows)
    let values = [
      confusion.cohenKappa(.quadratic), confusion.matthewsCorrelation,
      Average(macro: confusion.f1).value, Average(macro: confusion.recall).value,
      confusion.accuracy,
    ]
    for (value, expected) in zip(values, percent) {
      #expect(abs(100 * (value ?? .nan) - expected) <= 0.005)
    }
  }

  @Test("rows are the truth, columns the prediction")
  func orientation() {
    var confusion = ConfusionMatrix(classes: 3)
    confusion.add(truth: 0, predicted: 2)
    confusion.add(truth: 0, predicted: 2)
    confusion.add(truth: 1, predicted: 1)
    #expect(confusion.rows == [[0, 0, 2], [0, 1, 0], [0, 0, 0]])
    #expect(confusion[0, 2] == 2)
    #expect(confusion.support == [2, 1, 0])
    #expect(confusion.predicted == [0, 1, 2])
    #expect(confusion.total == 3)
    #expect(confusion.correct == 1)
  }

  @Test("undefined rates are nil, not 0")
  func undefined() {
    // Class 0 is never predicted, class 2 never true.
    let confusion = ConfusionMatrix(rows: [[0, 0, 2], [0, 1, 0], [0, 0, 0]])
    #expect(confusion.precision == [nil, 1, 0])
    #expect(confusion.recall == [0, 1, nil])
    #expect(confusion.f1 == [0, 1, 0])
    #expect(confusion.specificity == [1, 1, 1.0 / 3])
    #expect(ConfusionMatrix(rows: [[1, 0], [0, 0]]).f1 == [1, nil])
    #expect(ConfusionMatrix(rows: [[1, 0], [0, 0]]).specificity == [nil, 1])
  }

  @Test("perfect, reversed and uninformative predictions")
  func limits() {
    let perfect = ConfusionMatrix(rows: [[5, 0], [0, 3]])
    #expect(perfect.matthewsCorrelation == 1)
    #expect(perfect.cohenKappa(.quadratic) == 1)
    #expect(ConfusionMatrix(rows: [[0, 4], [4, 0]]).matthewsCorrelation == -1)
    #expect(ConfusionMatrix(rows: [[7, 0], [3, 0]]).matthewsCorrelation == 0)
    #expect(ConfusionMatrix(rows: [[9, 0], [0, 0]]).cohenKappa() == nil)
    #expect(ConfusionMatrix(classes: 4).matthewsCorrelation == nil)
    #expect(ConfusionMatrix(classes: 4).accuracy == nil)
  }

  @Test("an absent middle grade keeps its distance in quadratic kappa")
  func absentGrade() {
    // By hand: Σ w O = 4, Σ w E = 4 (2·1 + 2·3)/4 = 8.
    let confusion = ConfusionMatrix(rows: [[1, 0, 1], [0, 0, 0], [0, 0, 2]])
    #expect(confusion.cohenKappa(.quadratic) == 0.5)
    #expect(confusion.cohenKappa(.linear) == 0.5)
  }

  @Test("a class out of range traps")
  func outOfRange() async {
    await #expect(processExitsWith: .failure) {
      var confusion = ConfusionMatrix(classes: 2)
      confusion.add(truth: 2, predicted: 0)
    }
    await #expect(processExitsWith: .failure) { _ = ConfusionMatrix(rows: [[1, 2]]) }
    await #expect(processExitsWith: .failure) {
      var confusion = ConfusionMatrix(classes: 2)
      confusion.merge(ConfusionMatrix(classes: 3))
    }
  }
}
