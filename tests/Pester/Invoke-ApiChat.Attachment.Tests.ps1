BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
}

BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"

    # One pixel.
    $png = [Convert]::FromBase64String('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')
    $gif = [Convert]::FromBase64String('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7')
    $dataUri = 'data:image/png;base64,' + [Convert]::ToBase64String($png)
    [IO.File]::WriteAllBytes("$TestDrive/photo[1].txt", $png)
    [IO.File]::WriteAllBytes("$TestDrive/b.bin", $gif)
    [IO.File]::WriteAllText("$TestDrive/utf16.txt", "h$([char]0xe9)llo", [Text.Encoding]::Unicode)
    [IO.File]::WriteAllText("$TestDrive/notes.md", '# Notes')
    [IO.File]::WriteAllText("$TestDrive/paper.pdf", "%PDF-1.7`n...")
    [IO.File]::WriteAllBytes("$TestDrive/empty.png", @())
    [IO.File]::WriteAllBytes("$TestDrive/archive.png", [byte[]](0x50, 0x4b, 3, 4, 20, 0))
    [IO.File]::WriteAllBytes("$TestDrive/noise.txt", [byte[]](0xc3, 0x28, 0xff, 0x41))
    [IO.File]::WriteAllBytes("$TestDrive/half.png", $png[0..15])
    $file = [IO.File]::Create("$TestDrive/huge.png")
    $file.Write($png, 0, $png.Length)
    $file.SetLength(300MB)
    $file.Dispose()

    function Get-LastPart { ((Get-ApiSimulatorRequest -Last 1).Body | ConvertFrom-Json).messages[-1].content }
}

Describe 'An attachment' {
    AfterEach {
        Disconnect-ApiService -ErrorAction Ignore
        Stop-ApiSimulator -ErrorAction Ignore
    }

    It 'is an image by its content, and not by its name' {
        Start-TestService
        $null = Invoke-ApiChat 'What is this?' -Attachment "$TestDrive/photo[1].txt", "$TestDrive/b.bin"
        $parts = Get-LastPart
        $parts.type | Should -Be text, image_url, image_url
        $parts[0].text | Should -BeExactly 'What is this?'
        $parts[1].image_url.url | Should -BeExactly $dataUri
        $parts[2].image_url.url | Should -BeLike 'data:image/gif;base64,R0lGODlh*'
        $parts[1].image_url.PSObject.Properties.Name | Should -Not -Contain detail
    }

    It 'is looked at as -ImageDetail says' {
        Start-TestService
        $null = Invoke-ApiChat 'x' -Attachment $png, 'https://example.com/a.png?b=%20c' -ImageDetail low
        $parts = Get-LastPart
        $parts[1].image_url.detail, $parts[2].image_url.detail | Should -Be low, low
        $parts[2].image_url.url | Should -BeExactly 'https://example.com/a.png?b=%20c'
        { Invoke-ApiChat 'x' -ImageDetail low } | Should -Throw '*-ImageDetail is about images*'
    }

    It 'may be <_>' -ForEach 'bytes', 'objects that are bytes', 'a FileInfo', 'a data URI', 'a file URI', 'a pattern' {
        Start-TestService
        $given = switch ($_) {
            bytes { , $png }
            'objects that are bytes' { $png | ForEach-Object { $_ } }
            'a FileInfo' { Get-Item -LiteralPath "$TestDrive/photo[1].txt" }
            'a data URI' { $dataUri }
            'a file URI' { [uri](Get-Item -LiteralPath "$TestDrive/photo[1].txt").FullName }
            'a pattern' { "$TestDrive/photo*.txt" }
        }
        $null = Invoke-ApiChat 'x' -Attachment $given
        (Get-LastPart)[1].image_url.url | Should -BeExactly $dataUri
        Get-LastPart | Should -HaveCount 2
    }

    It 'is text in UTF-8 or UTF-16, under its name' {
        Start-TestService
        $null = Invoke-ApiChat 'x' -Attachment "$TestDrive/notes.md", "$TestDrive/utf16.txt"
        (Get-LastPart).text | Should -BeExactly 'x', "notes.md:`n# Notes", "utf16.txt:`nh$([char]0xe9)llo"
    }

    It 'is a PDF as a file' {
        Start-TestService
        $null = Invoke-ApiChat 'x' -Attachment "$TestDrive/paper.pdf"
        $part = (Get-LastPart)[1]
        $part.type, $part.file.filename | Should -Be file, paper.pdf
        $part.file.file_data | Should -BeExactly ('data:application/pdf;base64,' + [Convert]::ToBase64String([IO.File]::ReadAllBytes("$TestDrive/paper.pdf")))
    }

    It 'comes with each input of the pipeline, by a template' {
        Start-TestService
        $null = Get-Item -LiteralPath "$TestDrive/photo[1].txt", "$TestDrive/b.bin" | Invoke-ApiChat 'Describe {Name}' -Attachment '{_}' -ThrottleLimit 1
        $bodies = (Get-ApiSimulatorRequest).Body | ConvertFrom-Json
        $bodies[0].messages[0].content[0].text | Should -BeExactly 'Describe photo[1].txt'
        $bodies[0].messages[0].content[1].image_url.url | Should -BeLike 'data:image/png;*'
        $bodies[1].messages[0].content[1].image_url.url | Should -BeLike 'data:image/gif;*'
        # One that fails is that input's own error.
        $answers = Get-Item "$TestDrive/empty.png", "$TestDrive/b.bin" | Invoke-ApiChat 'Describe' -Attachment '{FullName}' -ErrorAction SilentlyContinue -ErrorVariable failed
        $answers.Input.Name | Should -Be b.bin
        $failed[0].TargetObject.Name, $failed[0].Exception.Code | Should -Be empty.png, invalid_value
        { Invoke-ApiChat 'x' -Attachment '{FullName}' } | Should -Throw '*has a placeholder*'
    }

    It 'goes into a session once' {
        Start-TestService
        $null = 'One', 'Two' | Invoke-ApiChat -Attachment $png -SessionVariable chat
        $chat.Messages[0].Attachments | Should -Be image/png
        $chat.Messages[2].Attachments | Should -BeNullOrEmpty
        Get-LastPart | Should -Be Two
    }

    It 'whose tokens are in no count says so with -Verbose, and shows no password' {
        Start-TestService
        Set-Content (Join-Path $TestDrive 'a.pdf') '%PDF-1.7 x' -NoNewline
        $given = (Join-Path $TestDrive 'a.pdf'), 'https://ada:secret1234@example.com/a.png'
        $verbose = Invoke-ApiChat 'x' -Attachment $given -Verbose 4>&1 | Where-Object { "$_" -like 'Attached*' }
        $verbose.Message | Should -BeExactly @(
            "Attached 'a.pdf': application/pdf, 10 bytes, whose tokens are not documented and in no count."
            "Attached 'https://***@example.com/a.png': the service fetches it, and its tokens are in no count."
        )
    }

    It 'counts where the formula is documented' {
        Start-TestService
        $verbose = Invoke-ApiChat 'x' -Attachment $png -ImageDetail low -Verbose 4>&1 | Where-Object { "$_" -like 'Attached*' }
        "$verbose" | Should -BeExactly "Attached bytes: image/png, $($png.Length) bytes, 1 x 1, 85 tokens at 'gpt-4o'."
        $body = (Get-ApiSimulatorRequest -Last 1).Body
        ($body | ConvertFrom-Json | Measure-ApiTokens).Messages[0].Images | Should -Be 85
    }

    It 'is refused before anything is read or sent: <File>' -ForEach @(
        @{ File = 'huge.png'; Says = "'huge.png' is too large: it is 300.0 MB, and a request takes 50 MB of attachments." }
        @{ File = 'empty.png'; Says = "'empty.png' is empty." }
        @{ File = 'archive.png'; Says = "'archive.png' is a ZIP archive, as Office's documents are too. Images in PNG, JPEG, GIF and WebP, PDF, and text in UTF-8 or UTF-16 can be attached." }
        @{ File = 'noise.txt'; Says = "'noise.txt' is neither UTF-8 nor UTF-16 with a byte order mark. Images in PNG, JPEG, GIF and WebP, PDF, and text in UTF-8 or UTF-16 can be attached." }
        @{ File = 'half.png'; Says = "'half.png' begins as image/png does, and is no whole image: it has no size." }
    ) {
        Start-TestService
        $before = [GC]::GetTotalMemory($true)
        $thrown = { Invoke-ApiChat 'x' -Attachment "$TestDrive/$File" } | Should -Throw -PassThru
        $thrown.Exception.Message | Should -BeExactly $Says
        $thrown.Exception.Code, $thrown.Exception.Param | Should -Be invalid_value, Attachment
        [GC]::GetTotalMemory($false) - $before | Should -BeLessThan 20MB
        Get-ApiSimulatorRequest | Should -BeNullOrEmpty
    }

    It 'is refused where it is <What>' -ForEach @(
        @{ What = 'gone'; Given = 'gone.png'; Code = 'file_not_found' }
        @{ What = 'a folder'; Given = '.'; Code = 'file_unreadable' }
        @{ What = 'at an address of another scheme'; Given = 'ftp://example.com/a.png'; Code = 'invalid_value' }
        @{ What = 'a data URI without base64'; Given = 'data:text/plain,hello'; Code = 'invalid_value' }
        @{ What = 'a broken data URI'; Given = 'data:image/png;base64,?'; Code = 'invalid_value' }
        @{ What = 'a pattern of nothing'; Given = '*.nothing'; Code = 'file_not_found' }
        @{ What = 'an object'; Given = @{ a = 1 }; Code = 'invalid_value' }
        @{ What = 'empty'; Given = ''; Code = 'invalid_value' }
    ) {
        Start-TestService
        { Invoke-ApiChat 'x' -Attachment $Given } | Should -Throw
        $Error[0].Exception.Code | Should -Be $Code
        Get-ApiSimulatorRequest | Should -BeNullOrEmpty
    }

    It 'goes with a prompt' {
        Start-TestService
        Invoke-ApiChat -Attachment $png -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].Exception.Code | Should -Be missing_required_field
        # All together they are no more than a request takes.
        $large = [byte[]]::new(30MB)
        [Array]::Copy($png, $large, $png.Length)
        { Invoke-ApiChat 'x' -Attachment $large, $large } | Should -Throw '*too large: it is 30.0 MB, and a request takes 50 MB of attachments together with the others.'
    }
}
