// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/tablerules.h"

#include <QRegularExpression>

namespace diptych {

QString withWideTableRules(const QString &markdown)
{
    static const QRegularExpression rule(
        QStringLiteral("^(?=[^\\n]*\\|)(?=[^\\n]*-)[ \\t>]*[|:\\- \\t]+$"), QRegularExpression::MultilineOption);
    static const QRegularExpression shortDashes(QStringLiteral("(?<!-)-{1,2}(?!-)"));
    if (!markdown.contains(u'|'))
        return markdown;
    QString result = markdown;
    qsizetype shift = 0;
    for (QRegularExpressionMatchIterator it = rule.globalMatch(markdown); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString wide = match.captured().replace(shortDashes, QStringLiteral("---"));
        result.replace(match.capturedStart() + shift, match.capturedLength(), wide);
        shift += wide.size() - match.capturedLength();
    }
    return result;
}

} // namespace diptych
