// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/pdfwriter.h"

#include <QCoreApplication>
#include <QImage>
#include <QPageLayout>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>
#include <QUrl>

namespace diptych {

namespace {

/// Shows pictures that the page itself holds, and loads nothing else.
class PageDocument : public QTextDocument
{
public:
    QVariant loadResource(int type, const QUrl &name) override
    {
        const QString address = name.toString();
        const qsizetype comma = address.indexOf(u',');
        if (type != ImageResource || name.scheme() != u"data" || comma < 0)
            return {};
        constexpr int widest = 500; // points of an A4 page between its margins
        QImage image = QImage::fromData(QByteArray::fromBase64(address.mid(comma + 1).toLatin1()));
        return image.width() > widest ? image.scaledToWidth(widest, Qt::SmoothTransformation) : image;
    }
};

} // namespace

Result<void> writePdf(const QString &html, const QString &file)
{
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly)) {
        return Failure({.kind = Error::Kind::Storage,
            .message = QCoreApplication::translate("diptych::SessionExport", "%1 could not be written: %2")
                           .arg(file, target.errorString())});
    }
    {
        constexpr int pointsPerInch = 72;
        constexpr double margin = 15;
        QPdfWriter writer(&target);
        writer.setResolution(pointsPerInch);
        writer.setCreator(QStringLiteral("Diptych"));
        writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Portrait,
            QMarginsF(margin, margin, margin, margin), QPageLayout::Millimeter));
        PageDocument document;
        QFont font(QStringLiteral("DejaVu Sans"));
        font.setPointSizeF(9);
        document.setDefaultFont(font);
        document.setHtml(html);
        document.print(&writer);
    }
    if (!target.commit()) {
        return Failure({.kind = Error::Kind::Storage,
            .message = QCoreApplication::translate("diptych::SessionExport", "%1 could not be written: %2")
                           .arg(file, target.errorString())});
    }
    return {};
}

} // namespace diptych
