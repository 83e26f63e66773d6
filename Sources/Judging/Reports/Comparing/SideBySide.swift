import Evaluation
import Uncertainty

/// Several runs on one page, the first being what the others are compared with.
struct SideBySide {
  let document: ReportDocument

  var sections: [Section] {
    [
      OptionsSection(runs: document.runs).section, SideMetricsSection(document: document).section,
      SideClassesSection(document: document).section, CautionSection(document: document).section,
      TrainingSection(runs: document.runs).section,
      ReproducibilitySection(runs: document.runs).section,
    ]
  }
}

/// What is compared, and in a sentence what came of it.
struct SideBySideHeader {
  let document: ReportDocument

  var html: HTML {
    """
    <header class="top">
    <h1>\(document.title)</h1>
    <p class="lead">\(document.runs.count) runs side by side. Differences are against \
    <strong>\(HTML.name(document.runs[0].name))</strong>, on the same images.</p>
    <ul>\(document.comparisons.map(sentence))</ul>
    </header>
    """
  }

  private func sentence(_ result: PairedResult) -> HTML {
    guard let comparison = result.comparison else {
      return
        "<li>\(HTML.name(result.candidate)): not compared, for \(result.reason ?? "unknown reasons")</li>"
    }
    let parts = ["mcc", "balanced_accuracy", "f1_macro"].compactMap { key -> HTML? in
      guard let found = comparison.metrics[key], let difference = found.difference else {
        return nil
      }
      return "\(HTML.metric(key)) \(Figures.signed(difference)) (\(Verdict(found, key).words))"
    }
    return
      "<li><strong>\(HTML.name(result.candidate))</strong>: \(HTML(parts, separator: "; "))</li>"
  }
}

/// What a paired interval allows to say.
struct Verdict {
  enum Kind { case better, worse, open, undefined }

  let kind: Kind

  init(_ difference: Difference, _ key: String) {
    let sign = Metric.named(key)?.higherIsBetter ?? true ? 1.0 : -1.0
    guard let interval = difference.interval, difference.difference != nil else {
      kind = difference.difference == 0 ? .open : .undefined
      return
    }
    if interval.low * sign > 0, interval.high * sign > 0 {
      kind = .better
    } else if interval.low * sign < 0, interval.high * sign < 0 {
      kind = .worse
    } else {
      kind = .open
    }
  }

  var words: HTML {
    switch kind {
    case .better: "better"
    case .worse: "worse"
    case .open: "no difference shown"
    case .undefined: "\(Figures.undefined)"
    }
  }
}
