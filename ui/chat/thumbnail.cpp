// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/thumbnail.h"

#include <QBuffer>
#include <QImageReader>

namespace diptych {

QImage thumbnailOf(const QByteArray &picture, const QSize &box)
{
    QBuffer buffer;
    buffer.setData(picture);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.isEmpty())
        return {};
    // The size is that before turning; a square box does not mind.
    const bool isTurned = reader.transformation().testFlag(QImageIOHandler::TransformationRotate90);
    const QSize place = isTurned ? box.transposed() : box;
    if (size.width() > place.width() || size.height() > place.height())
        reader.setScaledSize(size.scaled(place, Qt::KeepAspectRatio).expandedTo({1, 1}));
    return reader.read();
}

} // namespace diptych
