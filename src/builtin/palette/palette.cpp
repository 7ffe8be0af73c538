// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/palette/palette.h"

#include "builtin/catalogue.h"
#include "builtin/palette/palettewords.h"
#include "builtin/palette/picture.h"
#include "builtin/palette/picturefeatures.h"

#include <QCoreApplication>

#include <cmath>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::Palette", text);
}

/// Common to both routes: what is wrong with the number of inputs or dimensions.
std::optional<Error> check(qsizetype inputs, std::optional<int> dimensions)
{
    if (inputs == 0)
        return invalidParameter(QStringLiteral("input"), translated("There has to be at least one input."));
    if (dimensions && *dimensions != static_cast<int>(palette::dimensions)) {
        return unsupportedParameter(QStringLiteral("dimensions"),
            translated("The axes of this model stand for themselves; it always gives all %1.")
                .arg(palette::dimensions));
    }
    return {};
}

Error stopped()
{
    return {.kind = Error::Kind::Cancelled, .message = translated("Stopped.")};
}

Result<palette::Vector> embedPicture(const QString &image)
{
    const auto bytes = pictureBytes(image);
    if (!bytes)
        return Failure(bytes.error());
    const auto picture = decodePicture(*bytes);
    if (!picture)
        return Failure(picture.error());
    return featuresOf(*picture);
}

palette::Vector meanOf(const palette::Vector &a, const palette::Vector &b)
{
    palette::Vector mean {};
    float squares = 0;
    for (std::size_t i = 0; i < mean.size(); ++i) {
        mean[i] = a[i] + b[i];
        squares += mean[i] * mean[i];
    }
    if (squares < 1e-12F)
        return a;
    for (float &value : mean)
        value /= std::sqrt(squares);
    return mean;
}

EmbeddingResponse emptyResponse(const QString &model)
{
    return {.id = newResponseId(QLatin1String("embd-")),
        .model = model,
        .dimensions = static_cast<int>(palette::dimensions)};
}

} // namespace

Result<EmbeddingResponse> Palette::embed(const ImageEmbeddingRequest &request, const StopRequested &stop) const
{
    if (const auto error = check(std::ssize(request.input), request.dimensions))
        return Failure(*error);
    EmbeddingResponse response = emptyResponse(request.model);
    qint64 tokens = 0;
    for (std::size_t i = 0; i < request.input.size(); ++i) {
        if (stop())
            return Failure(stopped());
        const ImageInput &input = request.input[i];
        auto vector = embedPicture(input.image);
        if (!vector) {
            vector.error().parameter = QStringLiteral("input[%1].image").arg(i);
            return Failure(vector.error());
        }
        ++tokens;
        const DescribedPicture described = describedPicture(input.text.value_or(QString()));
        tokens += described.words;
        if (described.understood > 0)
            vector = meanOf(*vector, described.vector);
        response.values.insert(response.values.end(), vector->begin(), vector->end());
    }
    response.usage = Usage {.promptTokens = tokens, .totalTokens = tokens};
    return response;
}

Result<EmbeddingResponse> Palette::embed(const EmbeddingRequest &request, const StopRequested &stop) const
{
    if (const auto error = check(request.input.size(), request.dimensions))
        return Failure(*error);
    EmbeddingResponse response = emptyResponse(request.model);
    qint64 tokens = 0;
    for (const QString &text : request.input) {
        if (stop())
            return Failure(stopped());
        const DescribedPicture described = describedPicture(text);
        tokens += described.words;
        response.values.insert(response.values.end(), described.vector.begin(), described.vector.end());
    }
    response.usage = Usage {.promptTokens = tokens, .totalTokens = tokens};
    return response;
}

} // namespace diptych
