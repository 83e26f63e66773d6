/// Where the truth comes from: a report on a classifier is worth as much as its labels.
struct ReferenceSection {
  let run: RunReport

  var section: Section { Section(id: "reference", title: "Reference standard", body: body) }

  private var body: HTML {
    guard let reference = run.reference else {
      return Section.missing(
        """
        It is not stated where the labels come from: who assigned them, from what, how many readers, and how \
        they settled disagreement. Without it a reader cannot tell mistakes of the model from mistakes \
        of the labels.
        """, command: "steelyard report RUN --reference \"two pathologists, third on disagreement\""
      )
    }
    return "<p>\(reference)</p>"
  }
}
