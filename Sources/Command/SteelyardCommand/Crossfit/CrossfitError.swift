/// Why data cannot be cross-fitted.
package enum CrossfitError: Error, Equatable, CustomStringConvertible {
  /// There are fewer groups than folds.
  case tooFewGroups(Int, folds: Int)
  /// All images of a class belong together, so the training part of its fold would lack it.
  case oneGroup(label: String, images: Int)
  /// A class has all its images in one fold.
  case missingClass(label: String, fold: Int, groups: Int)
  /// All images that have a label, or all that are known not to have it, are in one fold.
  case labelInOneFold(label: String, isThere: Bool, images: Int, groups: Int)
  /// The run of a fold has other classes than the first.
  case classesDiffer(fold: Int)
  /// The predictions of a fold are not those of its images.
  case notCovered(path: String, fold: Int, file: String)
  /// Views of a study are in several folds, so no model is one that has not seen it.
  case partedStudy(String, column: String)
  /// Someone asked to stop.
  case stopped(folder: String, fold: Int, folds: Int)

  /// What is wrong, and what to do.
  package var description: String {
    switch self {
    case .tooFewGroups(let groups, let folds):
      "\(folds) folds need at least \(folds) groups of images that belong together, and there are \(groups);"
        + " take fewer folds"
    case .oneGroup(let label, let images):
      "class '\(label)' is one group of \(images) image(s) that stay together, so one fold would have all of"
        + " it and no model could learn it there; leave the class out"
    case .missingClass(let label, let fold, let groups):
      "all \(groups) groups of class '\(label)' fell into fold \(fold), so its model could not learn the class;"
        + " take another number of folds or another seed, or leave the class out"
    case .labelInOneFold(let label, let isThere, let images, let groups):
      "all \(images) images that \(isThere ? "have" : "are known not to have") label '\(label)' are in one fold"
        + (groups == 1 ? ", for they are one group that stays together" : "")
        + ", so its model could not learn the label; "
        + (groups == 1
          ? "leave the label out"
          : "take another number of folds or another seed, or leave the label out")
    case .classesDiffer(let fold):
      "the run of fold \(fold) has other classes or labels than that of fold 1; the data have changed since the"
        + " cross-fit began: begin anew"
    case .notCovered(let path, let fold, let file):
      "'\(path)' is of fold \(fold) in \(file), and its run has no prediction for it, or another has;"
        + " the data have changed since the cross-fit began: begin anew"
    case .partedStudy(let study, let column):
      "study '\(study)' of column '\(column)' has views in several folds; the data have changed since the cross-fit began:"
        + " begin anew"
    case .stopped(let folder, let fold, let folds):
      "stopped in fold \(fold) of \(folds), and saved in \(folder)"
    }
  }
}
