// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "application.h"
#include "applicationshots.h"
#include "applicationstarttrace.h"
#include "applicationwindow.h"
#include "mainwindow/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace diptych;

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("diptych"));
    QApplication::setApplicationDisplayName(QString());
    QApplication::setApplicationVersion(QStringLiteral(DIPTYCH_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("diptych"));

    QCommandLineParser parser;
    parser.setApplicationDescription(QApplication::translate("main", "A desktop playground for model inference APIs."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption data(QStringLiteral("data"),
        QApplication::translate("main", "Keep sessions, endpoints and settings in <folder>."),
        QStringLiteral("folder"));
    const QCommandLineOption picture(QStringLiteral("picture"),
        QApplication::translate("main", "Draw the first comparison into <file> (PNG) and end."),
        QStringLiteral("file"));
    const QCommandLineOption shots(QStringLiteral("shots"),
        QApplication::translate("main", "Draw every pane into <folder> and end."), QStringLiteral("folder"));
    parser.addOptions({data, picture, shots});
    parser.process(app);

    // Pictures show a first start; they leave the user's own data alone.
    const QTemporaryDir scratch;
    QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    const bool drawsOnly = parser.isSet(picture) || parser.isSet(shots);
    if (parser.isSet(data))
        folder = parser.value(data);
    else if (drawsOnly)
        folder = scratch.path();

    Application application(app, folder);
    ApplicationShots painter(application);
    QObject::connect(
        &painter, &ApplicationShots::finished, &app, [](bool allWritten) { QApplication::exit(allWritten ? 0 : 1); });
    const auto *trace = new ApplicationStartTrace(application.window().window()); // goes with the window
    Q_UNUSED(trace)
    application.start();
    if (parser.isSet(shots))
        painter.takeAll(parser.value(shots));
    else if (parser.isSet(picture))
        painter.takePicture(parser.value(picture));
    return app.exec();
}
