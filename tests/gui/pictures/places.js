.pragma library

// What is seen in `root`, and where. What is in a glyph is as it is drawn.
function all(root) {
    const found = []
    const walk = item => {
        for (let i = 0; i < item.children.length; ++i) {
            const child = item.children[i]
            if (!child.visible || child.opacity === 0)
                continue
            const kind = String(child).split("(")[0]
            const at = child.mapToItem(root, 0, 0)
            if (child.width > 0 && child.height > 0)
                found.push({ kind: kind, x: at.x, y: at.y, width: child.width, height: child.height })
            if (!/^(Icon|Spinner|Avatar)_/.test(kind))
                walk(child)
        }
    }
    walk(root)
    return found
}

// What of `before` has nothing in its mirrored place now.
function unmirrored(before, root) {
    const now = all(root)
    const isNear = (a, b) => Math.abs(a - b) <= 1
    const wrong = []
    for (const was of before) {
        const wanted = root.width - was.x - was.width
        if (!now.some(is => is.kind === was.kind && isNear(is.x, wanted) && isNear(is.y, was.y) && isNear(is.width, was.width)))
            wrong.push(was.kind + " of " + Math.round(was.width) + " × " + Math.round(was.height) + " stood at " + was.x + ", " + was.y)
    }
    return wrong
}
