/// Several runs on one page, the first being what the others are compared with.
struct SideBySide {
  let document: ReportDocument

  var sections: [Section] {
    [
      TrainingSection(runs: document.runs).section,
      ReproducibilitySection(runs: document.runs).section,
    ]
  }
}

/// What is compared.
struct SideBySideHeader {
  let document: ReportDocument

  var html: HTML {
    "<header class=\"top\"><h1>\(document.title)</h1></header>"
  }
}
