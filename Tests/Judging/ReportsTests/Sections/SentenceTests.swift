import Datasets
import Evaluation
import Foundation
import Randomness
import Reports
import Runs
import Testing
import Uncertainty

/// Sentences that conclude something, against the numbers that they conclude it from.
@Suite struct SentenceTests {
  private func section(_ id: String, _ document: ReportDocument) throws -> Node {
    try #require(try MarkupReader.read(document.html()).with(id: id))
  }

  /// A document of made-up rows: of class `c` `right[c]` images decided rightly of `support[c]`, the others as the next class.
  private func document(
    support: [Int], right: [Int], training: [Int]? = nil, columns: [String: [String]] = [:]
  ) throws -> ReportDocument {
    let names = Samples.names(support.count)
    var (truths, probabilities): ([Int], [Double]) = ([], [])
    for (index, count) in support.enumerated() {
      for row in 0..<count {
        truths.append(index)
        let decided = row < right[index] ? index : (index + 1) % support.count
        probabilities += names.indices.map {
          $0 == decided ? 0.6 : 0.4 / Double(names.count - 1)
        }
      }
    }
    let predictions = try Predictions(
      classes: names, paths: truths.indices.map { "\($0)" }, truths: truths,
      probabilities: probabilities,
      columns: columns.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
    let report = MetricsReport(
      predictions, shots: training.map { ShotGroups(trainingCounts: $0) })
    var options = Documents.options
    options.intervals = nil
    return ReportDocument(
      [
        RunContents(
          name: "x",
          evaluations: [
            .init(split: "test", predictions: predictions, judgement: .plain(report))
          ])
      ], options: options)
  }

  @Test func `classes without images are counted beyond the twentieth`() throws {
    let support = (0..<40).map { $0 < 15 ? 12 : 0 }
    let words = try section("limits", document(support: support, right: support)).words
    #expect(words.contains("Not tested at all, for want of images: class-015, "))
    #expect(words.contains("class-034 and 5 others."), "\(words)")
    let few = try section(
      "limits", document(support: [12, 12, 0, 0], right: [12, 12, 0, 0])
    ).words
    #expect(few.contains("for want of images: class-002, class-003."), "\(few)")
  }

  @Test func `classes of few images are named with what they can show`() throws {
    let words = try section(
      "limits", document(support: [30, 9, 3, 10], right: [20, 8, 1, 5])
    ).words
    #expect(words.contains("Fewer than 10 images in test: class-001 (8 of 9 found; "))
    #expect(words.contains("class-002 (1 of 3 found; no loss against another model could show)"))
    #expect(!words.contains("class-003 (") && !words.contains("class-000 ("))
    // A loss of so many of nine, by the document of the number.
    let drop = try #require(DetectableDrop(correct: 8, of: 9).paired)
    let most = Int((drop * 9).rounded(.up))
    #expect((5...8).contains(most), "2⁻⁵ is the first below 0.05")
    #expect(words.contains("only a loss of \(most) against another model would show"))
  }

  @Test(arguments: 0..<20)
  func `the worst group of classes is the one with the least recall`(seed: Int) throws {
    var random = RandomKey(seed: 90).folding(seed).source
    let training = [500, 300, 60, 30, 9, 4]
    let support = (0..<6).map { _ in 10 + random.below(20) }
    let right = support.map { 1 + random.below($0) }
    let page = try section("groups", document(support: support, right: right, training: training))
    let recalls = zip(right, support).map { Double($0) / Double($1) }
    let groups = [
      ("many", (recalls[0] + recalls[1]) / 2), ("medium", (recalls[2] + recalls[3]) / 2),
      ("few", (recalls[4] + recalls[5]) / 2),
    ]
    let worst = try #require(groups.min { $0.1 < $1.1 })
    let sentence = try #require(page.first("p")).words
    #expect(sentence.hasPrefix("Worst: \(worst.0)-shot classes, mean recall "), "\(sentence)")
    let said = try #require(Double(sentence.split(separator: " ").last?.dropLast() ?? ""))
    #expect(abs(said - worst.1) < 0.000501)
    let rows = try #require(page.first("tbody")).all("tr").map { row in
      row.children.filter { !$0.tag.isEmpty }.map(\.words)
    }
    #expect(rows.map { $0[0] } == ["many", "medium", "few"])
    #expect(rows.map { $0[1] } == ["more than 100", "20 to 100", "fewer than 20"])
    #expect(rows.map { $0[2] } == ["2", "2", "2"])
  }

  @Test func `of one known group, or of equal ones, none is the worst`() throws {
    let equal = try section(
      "groups", document(support: [20, 20], right: [10, 10], training: [500, 5]))
    #expect(!equal.words.contains("Worst:"), "\(equal.words)")
    let untested = try section(
      "groups", document(support: [20, 0], right: [10, 0], training: [500, 5]))
    #expect(!untested.words.contains("Worst:"), "\(untested.words)")
  }

  /// Predictions may name patients where the data do not: then intervals resample them, and nothing else is said.
  @Test func `images are not called independent where groups are resampled`() throws {
    let document = try Documents.named("grouped")
    let clusters = try #require(
      document.runs[0].evaluations[0].judgement.assessment?.resampling.clusters)
    #expect(clusters == 100)
    #expect(document.runs[0].population?.parts.allSatisfy { $0.groups == nil } == true)
    let page = try Documents.page("grouped")
    #expect(page.words.contains("whole groups resampled (100 of patient_id)"))
    #expect(page.words.contains("There are no bands: they would take the images of a group"))
    #expect(!page.words.contains("Images are taken as independent"))
    #expect(!page.words.contains("the intervals take images as independent"))
    #expect(page.words.contains("The data name no groups"))
    #expect(page.words.contains("in the manifest corrects this."))
    let single = try Documents.page("no validation")
    #expect(single.words.contains("and the intervals take images as independent"))
    #expect(single.words.contains("in the manifest corrects both."))
    #expect(single.words.contains("Images are taken as independent"))
  }

  @Test(arguments: 0..<20)
  func `a shift of classes is said from a tenth on`(seed: Int) throws {
    var random = RandomKey(seed: 91).folding(seed).source
    var document = try Documents.named("no intervals")
    let test = document.runs[0].evaluations[0].metrics.perClass.map(\.support)
    let train = test.map { $0 * 5 + random.below(seed * 40 + 1) }
    document.runs[0].population?.parts[0].counts = train
    let (one, other) = (Double(train.reduce(0, +)), Double(test.reduce(0, +)))
    let distance =
      zip(train, test).reduce(0.0) { $0 + abs(Double($1.0) / one - Double($1.1) / other) } / 2
    let words = try section("limits", document).words
    #expect(
      words.contains("The classes are mixed differently in training and test") == (distance > 0.1))
    if distance > 0.1 { #expect(words.contains("shares: \(Figures.fixed(distance, 2)))")) }
  }

  @Test func `what the parts share is counted, and a cut list says that it is cut`() throws {
    var document = try Documents.named("no intervals")
    let copy = { (path: String, split: Split?) in
      LeakageReport.Copy(path: path, split: split, label: split == nil ? nil : "a")
    }
    document.runs[0].splits?.groups = (0..<60).map {
      .init(group: "p\($0)", examples: ["train": $0 + 1, "test": 2])
    }
    document.runs[0].splits?.leaks = (0..<70).map {
      .init(kind: .bytes, copies: [copy("a\($0)<", .train), copy("b\($0)", nil)])
    }
    document.runs[0].splits?.duplicates = 80
    let found = try section("splits", document)
    #expect(
      found.words.contains("60 groups and 70 sets of equal images lie in more than one part."))
    #expect(found.words.contains("80 sets of equal images in all, within parts and across."))
    let tables = found.all("table")
    #expect(
      tables.compactMap { $0.first("caption")?.words } == [
        "Groups in more than one part, the first 50 of 60",
        "Equal images in more than one part, the first 50 of 70",
      ])
    #expect(tables.map { $0.first("tbody")?.all("tr").count } == [50, 50])
    let cells = tables[0].first("tbody")?.all("tr")[4].children.filter { !$0.tag.isEmpty }
    #expect(cells?.map(\.words) == ["p4", "5", "0", "2"])
    let row = try #require(tables[1].first("tbody")?.first("tr"))
    #expect(row.words.contains("a0< (train, a)") && row.words.contains("b0 (no part, no label)"))
    #expect(document.html().contains("so every number here flatters"))
    #expect(document.modelCard().contains("> **Caution.**"))
  }

  /// exp of the entropy, and largest over smallest, from the counts that stand in the table.
  @Test(arguments: 0..<20)
  func `the population's two numbers follow from its counts`(seed: Int) throws {
    var random = RandomKey(seed: 92).folding(seed).source
    var document = try Documents.named("no intervals")
    let counts = (0..<3).map { _ in random.below(4) == 0 ? 0 : 1 + random.below(3000) }
    document.runs[0].population?.parts[0].counts = counts
    let tables = try section("population", document).all("table")
    let cells = try #require(tables[0].first("tbody")?.all("tr").first).children.map(\.words)
    let total = counts.reduce(0, +)
    #expect(cells[1] == Figures.count(total) && cells[5] == "\(counts.count { $0 == 0 })")
    let present = counts.filter { $0 > 0 }.map(Double.init)
    guard let largest = present.max(), let least = present.min() else {
      #expect(cells[3] == "–" && cells[4] == "– of 3")
      return
    }
    let ratio = try #require(Double(cells[3].replacing(",", with: "")))
    #expect(abs(ratio - largest / least) <= 0.0501)
    let shares = present.map { $0 / Double(total) }
    let entropy = -shares.reduce(0) { $0 + $1 * log($1) }
    let words = cells[4].split(separator: " ")
    #expect(words.dropFirst() == ["of", "3"])
    #expect(abs((Double(words[0]) ?? -1) - exp(entropy)) <= 0.0501)
    // Bars share one scale: the longest is the largest class of any part.
    let bars = tables[1].all("rect").compactMap { $0.number("width") }
    #expect(bars.count == 6 && abs((bars.max() ?? 0) - 90) < 0.051)
  }

  @Test(arguments: [1, 2, 9, 30, 31])
  func `training is drawn epoch by epoch, and the sentence names the epoch taken`(count: Int) throws
  {
    var random = RandomKey(seed: 93).folding(count).source
    var document = try Documents.named("no intervals")
    let epochs = (1...count).map { epoch in
      TrainingRecord.Epoch(
        epoch: epoch, loss: 3 / Double(epoch) + random.uniform(), rate: 3e-6 / Double(epoch),
        validation: ["mcc": random.uniform() - 0.5, "log_loss": 1 + random.uniform()],
        isBest: epoch == max(1, count / 2))
    }
    document.runs[0].training = TrainingRecord(epochs: epochs, selection: "mcc")
    let found = try section("training", document)
    let charts = try DrawnChart.all(in: found)
    let names = try ["train_loss", "mcc", "log_loss", "learning_rate"].map {
      try #require(Definition.of($0)).name
    }
    let kinds = ["", "validation ", "validation ", ""]
    #expect(charts.map(\.title) == zip(kinds, names).map { $0 + $1 + " by epoch" })
    let values: [[Double]] = [
      epochs.map(\.loss), epochs.map { $0.validation["mcc"] ?? 0 },
      epochs.map { $0.validation["log_loss"] ?? 0 }, epochs.map(\.rate),
    ]
    let best = max(1, count / 2)
    for (chart, ys) in zip(charts, values) {
      let line = try chart.line("run")
      #expect(line.count == count && chart.faultsOfTicks() == [], "\(chart.faultsOfTicks())")
      for (place, point) in line.enumerated() {
        #expect(abs(point.x - Double(place + 1)) <= chart.accuracy.x * 1.01)
        #expect(abs(point.y - ys[place]) <= chart.accuracy.y * 1.01, "\(chart.title)")
      }
      #expect(chart.node.all("circle").count == (count <= 30 ? count : 0))
      let rule = try #require(try chart.rules().first)
      #expect(
        rule.name == "epoch \(best), taken"
          && abs(rule.from.x - Double(best)) <= chart.accuracy.x * 1.01)
    }
    // A rate of some millionths is no 0.000.
    let words = charts[3].description
    #expect(words.contains(" from \(Figures.significant(3e-6)) to "), "\(words)")
    #expect(!words.contains("0.000 "))
    let sentence = try #require(found.first("li")).words
    #expect(sentence.hasPrefix("weights of epoch \(best) of \(count), chosen by "))
    #expect(sentence.hasSuffix("(\(Figures.fixed(epochs[best - 1].validation["mcc"])))"))
  }

  /// A run whose loss grew beyond every bound, but not beyond a number, has a page.
  @Test(arguments: [1e12, 4e19, 3e38])
  func `a run that diverged has its page`(loss: Double) throws {
    var document = try Documents.named("no intervals")
    document.runs[0].training = TrainingRecord(epochs: [
      .init(epoch: 1, loss: 2, rate: 0.1), .init(epoch: 2, loss: loss, rate: 1e-9),
    ])
    let chart = try #require(try DrawnChart.all(in: section("training", document)).first)
    #expect(chart.faultsOfTicks() == [], "\(chart.faultsOfTicks())")
    let last = try #require(try chart.line("run").last)
    #expect(abs(last.y - loss) <= chart.accuracy.y * 1.01)
    #expect(!document.modelCard().isEmpty)
  }

  @Test func `a part that keeps the last epoch says so`() throws {
    var document = try Documents.named("no intervals")
    document.runs[0].training = TrainingRecord(epochs: [
      .init(epoch: 1, loss: 2, rate: 0.1), .init(epoch: 2, loss: 1, rate: 0.1),
    ])
    let words = try section("training", document).words
    #expect(words.contains("weights of epoch 2 of 2, the last one"))
  }

  /// What a cut list leaves out is counted.
  @Test func `files that were left out are counted, the first twenty named`() throws {
    var document = try Documents.named("no intervals")
    document.runs[0].population?.skipped = (0..<23).map {
      .init(path: "<\($0)>.png", reason: "cut & short")
    }
    let found = try section("population", document)
    #expect(found.words.contains("23 files were left out because they do not decode."))
    #expect(found.all("li").map(\.words) == (0..<20).map { "<\($0)>.png: cut & short" })
    #expect(found.all("p").last?.words == "and 3 more")
  }

  @Test func `near copies say how many are shown, and warn where they cross`() throws {
    var document = try Documents.named("no intervals")
    let pair = NearCopyPart.Pair(
      left: .init(path: "l.png", split: .train, label: "a"), right: .init(path: "r.png"),
      correlation: 0.98765, thumbnails: [])
    document.runs[0].splits?.nearCopies = NearCopyPart(
      total: 1500, crossing: 3, contradicting: 2, pairs: [pair, pair])
    let found = try section("splits", document)
    #expect(found.words.contains("Caution. Near copies lie in more than one part"))
    #expect(found.words.contains("3 of the pairs."))
    #expect(found.words.contains("1,500; with different labels: 2. The first 2 are shown."))
    #expect(
      found.words.contains("l.png (train, a)") && found.words.contains("r.png (no part, no label)"))
    #expect(found.words.contains("correlation 0.988"))
    #expect(found.all("svg").filter { $0.has("nopicture") }.count == 4)
    document.runs[0].splits?.nearCopies = NearCopyPart(
      total: 2, crossing: 0, contradicting: 0, pairs: [pair, pair])
    let calm = try section("splits", document)
    #expect(!calm.words.contains("Near copies lie in more than one part"))
    #expect(!calm.words.contains("are shown."))
  }
}
