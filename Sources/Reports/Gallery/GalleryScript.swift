/// Sorts the pictures of the page and hides those of other classes; without it all are shown in the
/// order of their files.
enum GalleryScript {
  static let text = """

    (() => {
      const list = document.getElementById("items");
      const items = [...list.children];
      const buttons = [...document.querySelectorAll("[data-order]")];
      const choice = document.getElementById("finding");
      const count = document.getElementById("count");
      const number = (item, key) => Number(item.dataset[key]);
      const rises = {
        place: (a, b) => number(a, "place") - number(b, "place"),
        finding: (a, b) => a.dataset.finding.localeCompare(b.dataset.finding)
          || number(b, "score") - number(a, "score"),
        score: (a, b) => number(a, "score") - number(b, "score")
      };
      let order = "place", falls = false;
      const show = () => {
        items.sort((a, b) => (falls ? -1 : 1) * rises[order](a, b) || rises.place(a, b));
        list.append(...items);
        let shown = 0;
        for (const item of items) {
          item.hidden = choice.value !== "" && item.dataset.finding !== choice.value;
          if (!item.hidden) shown += 1;
        }
        count.textContent = shown === items.length
          ? `${shown} pictures` : `${shown} of ${items.length} pictures`;
        for (const button of buttons) {
          button.setAttribute("aria-pressed", String(button.dataset.order === order));
          button.toggleAttribute("data-falls", button.dataset.order === order && falls);
        }
      };
      for (const button of buttons) button.addEventListener("click", () => {
        const next = button.dataset.order;
        falls = next === order ? !falls : next === "score";
        order = next;
        show();
      });
      choice.addEventListener("change", show);
    })();

    """
}
