// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "embeddings/similaritycsv.h"

namespace diptych {

namespace {

QByteArray quoted(const QString &text)
{
    QByteArray field = text.toUtf8();
    field.replace('"', "\"\"");
    return '"' + field + '"';
}

} // namespace

QByteArray similarityCsv(const SquareMatrix &matrix, const QStringList &labels)
{
    Q_ASSERT(matrix.size == labels.size());
    QByteArray csv = quoted(QString());
    for (const QString &label : labels)
        csv += ',' + quoted(label);
    csv += "\r\n";
    for (int row = 0; row < matrix.size; ++row) {
        csv += quoted(labels[row]);
        for (int column = 0; column < matrix.size; ++column)
            csv += ',' + QByteArray::number(static_cast<double>(matrix.at(row, column)), 'g', 7);
        csv += "\r\n";
    }
    return csv;
}

} // namespace diptych
