/// How a cross-fit divides the data; of no single run, so that `config.yaml` of a run has none of it.
package struct CrossfitOptions: Declarations {
  package init() {}

  package let folds = Declaration(
    "folds", default: 5, range: .atLeast(2),
    help: "Parts of the data, each judged by a model that was trained on the others.")
}
