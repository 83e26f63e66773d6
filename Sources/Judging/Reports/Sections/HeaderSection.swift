import Datasets
import Evaluation

/// Title, what was run, and the numbers most people come for.
struct HeaderSection {
  let title: String
  let run: RunReport

  /// The metrics that lead, in this order, as far as the results have them.
  static let leading = [
    "mcc", "balanced_accuracy", "f1_macro", "roc_auc_ovr", "average_precision", "ece_classwise",
    "accuracy",
  ]

  var html: HTML {
    """
    <header class="top">
    <h1>\(title)</h1>
    <p class="lead">\(sentence)</p>
    \(warning)
    \(rule)
    \(tiles)
    </header>
    """
  }

  private var sentence: HTML {
    var parts: [HTML] = []
    if let model = run.facts?.option("model"), let method = run.facts?.option("method") {
      parts.append("\(model) trained with \(method)")
    }
    if let population = run.population, let train = population.part("train") {
      parts.append(
        "\(Figures.count(train.total)) training \(population.noun) of \(population.classes.count) classes"
      )
    }
    if let part = run.headline {
      let noun = run.population?.noun ?? "images"
      parts.append("judged on \(Figures.count(part.metrics.n)) \(noun) (\(part.split))")
    }
    guard !parts.isEmpty else { return "No results yet." }
    let sentence = HTML(parts, separator: "; ") + "."
    guard let input = run.population?.input else { return sentence }
    return sentence + " Where this page says image, read \(input.singular)."
  }

  private var warning: HTML? {
    guard let splits = run.splits, !splits.isClean else { return nil }
    return Section.warning(
      """
      The parts of the data share images or groups, so every number here flatters. \
      <a href="#splits">What they share</a>
      """)
  }

  private var rule: HTML? {
    guard run.headline?.decisions?.isStored ?? false else { return nil }
    return Section.warning(
      """
      These numbers are of the most probable class. <code>predict</code> follows the rule stored with \
      the model: <a href="#decisions">what it achieves</a>
      """)
  }

  private var tiles: HTML {
    guard let part = run.headline else { return "" }
    let tiles = Self.leading.filter { Metric.named($0) != nil }.map { key -> HTML in
      let estimate = part.estimate(key)
      let bar = IntervalBar(
        value: estimate.value, low: estimate.low, high: estimate.high,
        domain: key == "mcc" ? -1...1 : 0...1, width: 130)
      return """
        <div class="tile"><dt>\(HTML.metric(key))</dt>\
        <dd><span class="value">\(HTML.defined("\(Figures.fixed(estimate.value))", key, isStop: false))</span>\
        \(estimate.interval)\(bar.html)\(Self.averaged(estimate))</dd></div>
        """
    }
    return "<dl class=\"tiles\">\n\(tiles)\n</dl>"
  }

  static func averaged(_ estimate: Estimate) -> HTML? {
    estimate.classes.map { averaged, all -> HTML in
      let text: HTML = "mean over \(averaged) of \(all) classes"
      return "<small>\(HTML.defined(text, "n_classes_averaged", isStop: false))</small>"
    }
  }
}
