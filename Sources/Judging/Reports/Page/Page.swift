import Files
import Requirements

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ReportDocument {
  /// The report as one page that needs nothing else: no network, no other file, no script to be read.
  ///
  /// Equal documents give equal bytes. One run gives its report; several are set side by side.
  ///
  /// - Precondition: the document has a run.
  public func html() -> String {
    require(!runs.isEmpty, "ReportDocument.html: expected at least 1 run, got none")
    return Page(title: title, header: header, sections: sections).html.text + "\n"
  }

  private var header: HTML {
    runs.count == 1
      ? HeaderSection(title: title, run: runs[0]).html : SideBySideHeader(document: self).html
  }

  private var sections: [Section] {
    guard runs.count == 1, let run = runs.first else { return SideBySide(document: self).sections }
    return [
      PopulationSection(run: run).section, SplitsSection(run: run).section,
      ReferenceSection(run: run).section, PrevalenceSection(run: run).section,
      TrainingSection(runs: runs).section, ResultsSection(run: run).section,
      ConfusionSection(run: run).section, CurvesSection(run: run).section,
      AreasSection(run: run).section, ThresholdsSection(run: run).section,
      ReliabilitySection(run: run).section,
      DecisionsSection(run: run).section, GroupsSection(run: run).section,
      FailuresSection(run: run).section, LimitsSection(run: run).section,
      ReproducibilitySection(runs: runs).section,
    ]
  }
}

/// The frame around the sections.
struct Page {
  let title: String
  let header: HTML
  let sections: [Section]

  init(title: String, header: HTML, sections: [Section]) {
    (self.title, self.header) = (title, header)
    let above = HTML([header] + sections.map(\.body))
    self.sections = sections + [GlossarySection(linkedFrom: above).section]
  }

  var html: HTML {
    let entries = sections.enumerated().map { index, section -> HTML in
      "<li><a href=\"#\(section.id)\">\(section.title)</a></li>"
    }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="Steelyard">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <style>\(HTML(stringLiteral: StyleSheet.text))</style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the report</a>
      <nav aria-label="Contents"><button type="button" id="theme" hidden>Dark</button>
      <ol>\(entries)</ol></nav>
      <main id="main" tabindex="-1">
      \(header)
      \(sections.enumerated().map { $1.html(number: $0 + 1) })
      </main>
      <div id="readout" role="status" aria-live="polite" hidden></div>
      <script>\(HTML(stringLiteral: Script.text))</script>
      </body>
      </html>
      """
  }

  /// Only the page's own style and its one script run, by their digests; nothing is fetched. Were a
  /// class name to become markup all the same, it could neither run nor call out.
  static var policy: String {
    """
    default-src 'none'; img-src data:; style-src 'sha256-\(digest(StyleSheet.text))'; \
    script-src 'sha256-\(digest(Script.text))'; base-uri 'none'; form-action 'none'
    """
  }

  private static func digest(_ text: String) -> String {
    let hexadecimal = Array(SHA256.hexadecimal(Array(text.utf8)).utf8)
    let bytes = stride(from: 0, to: hexadecimal.count, by: 2).compactMap {
      UInt8(String(decoding: hexadecimal[$0..<$0 + 2], as: UTF8.self), radix: 16)
    }
    return Data(bytes).base64EncodedString()
  }
}
