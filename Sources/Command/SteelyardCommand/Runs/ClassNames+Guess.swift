import Datasets

extension ClassNames {
  /// What was guessed about them, to be said.
  var guess: String? {
    areNumbered
      ? "class names: the labels are numbers, taken for lines of \(path) counted from 0" : nil
  }
}
