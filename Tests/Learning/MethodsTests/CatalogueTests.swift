import Methods
import Plans
import Testing

@Suite struct CatalogueTests {
  private static let names = [
    "erm", "class-balanced", "square-root", "progressive", "mixup", "balanced-mixup",
    "balanced-softmax", "ldam-drw", "seesaw", "crt", "lws", "tau-norm", "ncm", "bbn", "sade",
    "pgd", "srat", "supcon", "sbcl", "fixmatch", "mean-teacher",
    "cb-loss", "drw", "drs", "sigmoid-bce", "corn", "squared-error",
    "ssim-autoencoder",
    "cutmix", "remix", "mamix", "unimix", "cmo", "manifold-mixup", "mislas", "disalign",
    "weight-balancing",
    "weighted-ce", "focal", "cb-focal", "ldam", "logit-adjustment", "vs", "cdt",
    "logit-adjustment-posthoc", "thresholding", "lade", "gcl", "equalization", "ib",
    "label-aware-smoothing", "over-sampling", "under-sampling", "effective-number-sampling",
    "repeat-factor", "class-aware", "two-phase",
    "ride", "kcl", "bcl", "tlc", "paco", "tsc", "proco", "debiaspl",
    "logistic", "knn", "class-mean", "easy-ensemble", "lift",
    "glmc", "confusion-mixup", "smote-features",
    "balms", "rusboost", "smote-tomek", "asymmetric",
    "coral", "proportional-odds", "presto", "enmix", "adpmix",
    "distribution-balanced", "density-weighted", "balanced-mse", "haco",
  ]

  @Test func order() { #expect(catalogue.map { $0.name } == Self.names) }

  @Test(arguments: names)
  func byName(name: String) throws {
    #expect(try method(named: name).name == name)
  }

  @Test(arguments: [
    (
      "balanced_mixup",
      "no method is called 'balanced_mixup'; did you mean 'balanced-mixup'? Methods: "
    ),
    ("nonesuch", "no method is called 'nonesuch'. Methods: "),
  ])
  func unknownNameListsTheKnown(name: String, text: String) {
    let error = #expect(throws: CatalogueError.self) { try method(named: name) }
    #expect(
      error?.description == text
        + (Self.names + libraryMethods.map { $0.name }).joined(separator: ", "))
  }

  @Test func smoothingOutOfRange() {
    let error = #expect(throws: OverrideError.self) { try ERM.with(["smoothing": "1"]) }
    #expect(
      error?.description == "erm: smoothing must be at least 0 and below 1, got 1.0")
  }
}
